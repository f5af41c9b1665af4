import { startTracing } from '@handoff/telemetry';

const stopTracing = await startTracing('intake'); // before anything that it instruments is loaded
const { runService } = await import('@handoff/runtime');
const { intake } = await import('./intake.module.js');
await runService(intake, stopTracing);
