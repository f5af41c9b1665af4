import { startTracing } from '@handoff/telemetry';

const stopTracing = await startTracing('feedback'); // before anything that it instruments is loaded
const { runService } = await import('@handoff/runtime');
const { feedback } = await import('./feedback.module.js');
await runService(feedback, stopTracing);
