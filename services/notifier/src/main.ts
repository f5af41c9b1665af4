import { startTracing } from '@handoff/telemetry';

const stopTracing = await startTracing('notifier'); // before anything that it instruments is loaded
const { runService } = await import('@handoff/runtime');
const { notifier } = await import('./notifier.module.js');
await runService(notifier, stopTracing);
