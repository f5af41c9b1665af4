import { SERVICES } from '../../../libs/contracts/dist/index.js';
import { overview } from './overview.mjs';
import { serviceBoard } from './service-board.mjs';
import { model } from './model.mjs';
import { servers } from './servers.mjs';
import { trace } from './trace.mjs';

/** Every dashboard, by the name of its file. */
export const boards = () =>
  new Map([
    ['overview', overview()],
    ...SERVICES.map((service) => [service, serviceBoard(service)]),
    ['model', model()],
    ['servers', servers()],
    ['trace', trace()],
  ]);
