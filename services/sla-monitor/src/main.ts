import { startTracing } from '@handoff/telemetry';

const stopTracing = await startTracing('sla-monitor'); // before anything that it instruments is loaded
const { runService } = await import('@handoff/runtime');
const { slaMonitor } = await import('./sla-monitor.module.js');
await runService(slaMonitor, stopTracing);
