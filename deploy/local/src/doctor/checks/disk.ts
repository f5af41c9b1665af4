import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { Seen } from '../seen.js';

const RUNBOOK = 'handoff-disk-full';
const GB = 1e9;
const FEW_BYTES = 0.5 * GB;
const FULL = /no space left|disk full|could not (?:extend|write)|53100|KAFKA_STORAGE_ERROR/i;

/** Room for what the servers keep: seen where they run on this machine, and heard of wherever a write fails for want of it. */
export const disk: Check = { name: 'disk', judge: (seen) => [...judgeHere(seen), ...judgeWrites(seen), ...judgeReasons(seen)] };

function judgeHere({ disk: looked }: Seen): readonly Finding[] {
  const here = looked && valueOf(looked);
  if (!here || here.freeBytes >= FEW_BYTES) return [];
  const free = `${(here.freeBytes / GB).toFixed(2)} GB`;
  return [finding('disk', `${free} of ${(here.bytes / GB).toFixed(1)} GB are free where ${here.path} is.`, { free_bytes: here.freeBytes })];
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
