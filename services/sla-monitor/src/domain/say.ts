import type { ClockEvent, DueResult, SlaResult } from '@handoff/contracts';
import type { ArmedClock, Change, Said } from './watch.js';

/**
 * What a fired clock says. The due instant is part of what it is: a clock that was armed anew has another one, and the same
 * clock fired again, by a schema that was restored to an earlier time, has the same.
 * @param of which clock and instant it is said, where not of the fired one
 */
export function say(change: Change, fired: ArmedClock, event: ClockEvent, of: Pick<ArmedClock, 'clock' | 'due_at'> = fired): Change {
  const { level, cycle } = change.watch.handoff;
  const share = event === 'warning' ? fired.share : null;
  const place = fired.clock === 'due_by' ? [] : [level, cycle]; // it is the task's, whoever has it
  const identity = [fired.clock, event, ...place, fired.share, fired.due_at.toISOString()];
  const waited = event === 'resumed' ? { info_by: fired.due_at } : {};
  return append(change, { event, clock: of.clock, level, cycle, due_at: of.due_at, share, result: null, ...waited, identity });
}

/** Once per handoff. */
export const sayResult = (change: Change, result: SlaResult): Change =>
  settle(change, { clock: 'decide_by', result, identity: ['result'] });

/** Once per handoff. */
export const sayDue = (change: Change, due: DueResult): Change => settle(change, { clock: 'due_by', due, identity: ['result', 'due_by'] });

function settle(
  change: Change,
  settled: Pick<Said, 'clock' | 'identity'> & ({ readonly result: SlaResult } | { readonly due: DueResult }),
): Change {
  const { level, cycle } = change.watch.handoff;
  const { due_at } = 'due' in settled ? settled.due : settled.result;
  return append(change, { event: 'result', level, cycle, due_at: new Date(due_at), share: null, result: null, ...settled });
}

function append({ watch, said }: Change, event: Omit<Said, 'sequence'>): Change {
  const sequence = watch.handoff.sequence + 1;
  return { watch: { ...watch, handoff: { ...watch.handoff, sequence } }, said: [...said, { ...event, sequence }] };
}
