import { expect, it } from '@jest/globals';
import { isAnsweredAgain, rejectionsOf } from './answered-again.js';
import { History, type EventRecord } from './history.js';
import { record } from './seen.for-spec.js';

const REJECTED_AT = '2026-11-22T12:00:10.000Z';
const LATER = '2026-11-22T12:00:11.000Z';

const rejected = historyOf('first', [record('handoff.decisions', 'reject', 1, { decisionId: 'd', decidedAt: REJECTED_AT })]);
const answered = (acceptedAt: string, repeats = 'd'): readonly EventRecord[] => [
  record('handoff.accepted', 'accepted', 1, { taskId: 't', acceptedAt }),
  record('handoff.routed', 'end', 1, { type: 'duplicate', repeats }),
];

it.each([
  { what: 'came after the rejection that answers it', records: answered(LATER), is: true },
  { what: 'came before the rejection', records: answered('2026-11-22T12:00:09.000Z'), is: false },
  { what: 'repeats an answer that was no rejection', records: answered(LATER, 'another'), is: false },
  { what: 'asked somebody as well', records: [...answered(LATER), record('handoff.routed', 'asked', 2)], is: false },
  { what: 'asked somebody', records: [record('handoff.routed', 'asked', 1)], is: false },
])('takes a handoff that $what for one that asks nobody: $is', ({ records, is }) => {
  const history = historyOf('second', records);
  expect(isAnsweredAgain(history, rejectionsOf(rejected))).toBe(is);
});

function historyOf(id: string, records: readonly EventRecord[]): History {
  const history = new History(id);
  history.records.push(...records);
  return history;
}
