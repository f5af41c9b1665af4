import { startTracing } from '@handoff/telemetry';

const stopTracing = await startTracing('routing'); // before anything that it instruments is loaded
const { runService } = await import('@handoff/runtime');
const { routing } = await import('./routing.module.js');
await runService(routing, stopTracing);
