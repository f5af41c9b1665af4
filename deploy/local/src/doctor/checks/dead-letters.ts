import type { ListedDeadLetter } from '../../dead-letters/dead-letter-client.js';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { DeadLettersSeen, Seen } from '../seen.js';
import { gaugesOf } from '../service-gauges.js';

const RUNBOOK = 'handoff-records-dead-lettered';
const ABOUT = 'npm run handoff -- dlt list shows them; mend the cause, then dlt replay, or dlt dismiss what is not to be replayed.';

/** Records that no handler could take and that wait for somebody, by topic and code. What an agent was told of by a refusal is its own to mend. */
export const deadLetters: Check = {
  name: 'dead letters',
  judge: ({ deadLetters: seen, processes }) => (seen ? seen.flatMap(judgeLetters) : judgeCounts(processes)),
};

function judgeLetters({ service, waiting }: DeadLettersSeen): readonly Finding[] {
  const kinds = new Map<string, ListedDeadLetter[]>();
  for (const letter of valueOf(waiting) ?? []) {
    if (letter.refused) continue;
    const kind = `${letter.topic} ${letter.code}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), letter]);
  }
  return [...kinds.values()].map((letters) => judgeKind(service, letters));
}

function judgeKind(service: string, letters: readonly ListedDeadLetter[]): Finding {
  const [first, last] = [letters[0], letters.at(-1)];
  const { topic = '', code = '', message = '' } = last ?? {};
  return {
    ...{ severity: 'page', part: `topic ${topic}`, runbook: RUNBOOK, whatToDo: ABOUT },
    saw: `${letters.length} records of ${topic} could not be taken by ${service} since ${first?.died_at ?? ''}: ${code}: ${message.slice(0, 200)}`,
    figures: { service, topic, code, waiting: letters.length },
  };
}

/** Without an operator's token: how many, and no more. */
const judgeCounts = (processes: Seen['processes']): readonly Finding[] =>
  gaugesOf(processes, 'handoff_audit_findings')
    .filter(({ labels, value }) => labels['finding'] === 'dead_letters' && value > 0)
    .map(({ service, value }) => ({
      ...{ severity: 'page', part: service, runbook: RUNBOOK, whatToDo: ABOUT },
      saw: `${value} records that ${service} could not take wait for somebody.`,
      figures: { service, waiting: value },
    }));
