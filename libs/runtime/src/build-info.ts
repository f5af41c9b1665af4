import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Gauge } from '@handoff/telemetry';

const buildInfo = new Gauge({
  name: 'handoff_build_info',
  help: 'Always 1; "build" is the beginning of the SHA-256 of the program that was started: replicas of a service that differ run different releases',
  labelNames: ['build'] as const,
});

/** By the program itself, as a version that somebody has to raise is not raised. @param program the file that was started */
export function tellBuild(program: string | undefined): void {
  if (program === undefined) return;
  buildInfo.set({ build: createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 12) }, 1);
}
