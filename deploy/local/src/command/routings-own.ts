import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../home.js';
import type { Drawn } from '../replay/draw-replay.js';
import type { Io } from './io.js';

interface RoutingCommands {
  policyCommand(
    asked: { readonly verb: string; readonly file: string; readonly packet?: string; readonly at?: string; readonly isJson: boolean },
    context: Pick<Io, 'env' | 'print' | 'log'> & { readonly client: () => Promise<object> },
  ): Promise<number>;
  replayCommand(
    asked: { readonly data: string; readonly policy: string; readonly out?: string; readonly isJson: boolean },
    context: Pick<Io, 'print' | 'log'> & { readonly draw: (logs: readonly Drawn[]) => string },
  ): Promise<number>;
}

/**
 * Commands that make routing's own choices without a running system. Nothing may import a service, so they are loaded from its build by
 * their place, where routing keeps them; their types are said here.
 */
export async function routingsOwn(): Promise<RoutingCommands> {
  const [policy, replay] = await Promise.all([load('policy-command'), load('replay-command')]);
  return { ...policy, ...replay } as RoutingCommands; // as routing's build has them
}

const load = (name: string): Promise<object> =>
  import(pathToFileURL(join(REPOSITORY, `services/routing/dist/src/cli/${name}.js`)).href) as Promise<object>;
