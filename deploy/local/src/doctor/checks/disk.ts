import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { DiskSeen, Seen } from '../seen.js';

const RUNBOOK = 'handoff-disk-full';
const GB = 1e9;
const FEW_BYTES = 0.5 * GB;
/** Of a small disk. */
const SMALL_SHARE = 0.05;
const FULL = /no space left|disk full|could not (?:extend|write)|53100|KAFKA_STORAGE_ERROR/i;

/** Room for what the servers keep: seen where they run on this machine, and heard of wherever a write fails for want of it. */
export const disk: Check = { name: 'disk', judge: (seen) => [...judgeHere(seen), ...judgeWrites(seen), ...judgeReasons(seen)] };

const judgeHere = ({ disk: looked, postgres }: Seen): readonly Finding[] => [
  ...judgeRoom('disk', looked && valueOf(looked)),
  ...judgeRoom('postgres', postgres && (valueOf(postgres)?.disk ?? null)),
];

function judgeRoom(part: string, here: DiskSeen | null): readonly Finding[] {
  if (!here || here.freeBytes >= Math.min(FEW_BYTES, here.bytes * SMALL_SHARE)) return [];
  const [free, all] = [here.freeBytes, here.bytes].map((bytes) => (bytes / GB).toFixed(2));
  return [finding(part, `${free} of ${all} GB are free where ${here.path} is.`, { free_bytes: here.freeBytes })];
}

function judgeWrites({ postgres }: Seen): readonly Finding[] {
  const seen = postgres && valueOf(postgres);
  const why = seen && !seen.isReadOnly ? seen.notWritten : null;
  return why ? [finding('postgres', `Postgres could not write a page: ${why}.`)] : [];
}

/** What a service waits for, in its own words. */
const judgeReasons = ({ processes }: Seen): readonly Finding[] =>
  processes.flatMap(({ service, ready }) =>
    (valueOf(ready)?.reasons ?? [])
      .filter(({ why }) => FULL.test(why))
      .map(({ why }) => finding(service, `${service} cannot write: ${why}.`)),
  );

const finding = (part: string, saw: string, figures: Finding['figures'] = {}): Finding => ({
  ...{ severity: 'page', part, saw, figures, runbook: RUNBOOK },
  whatToDo: 'Make room, or give the server a larger disk; consuming and sending go on by themselves as soon as there is some.',
});
