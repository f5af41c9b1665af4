import type { ListedDeadLetter } from '../../dead-letters/dead-letter-client.js';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { DeadLettersSeen, Seen } from '../seen.js';
import { gaugesOf } from '../service-gauges.js';

const RUNBOOK = 'handoff-records-dead-lettered';
const MANY_REFUSED = 5;
const ABOUT = 'npm run handoff -- dlt list shows them; mend the cause, then dlt replay, or dlt dismiss what is not to be replayed.';

/** Records that no handler could take and that wait for somebody, by topic and code. What an agent was told of by a refusal is its own to mend. */
export const deadLetters: Check = {
  name: 'dead letters',
  judge: ({ deadLetters: seen, processes }) => {
    const listed = (seen ?? []).flatMap(judgeLetters);
    const told = new Set(listed.map(({ figures }) => figures['service']));
    return [
      ...listed,
      ...judgeCounts(processes).filter(({ figures }) => !told.has(figures['service'])),
      ...(seen ?? []).flatMap(judgeRefusals),
    ];
  },
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

/** Each is its agent's to mend, and its agent was told; many at once are somebody else's that nobody reads. */
function judgeRefusals({ service, refused }: DeadLettersSeen): readonly Finding[] {
  const lately = (valueOf(refused) ?? []).filter((letter) => letter.refused);
  const last = lately.at(-1);
  if (!last || lately.length < MANY_REFUSED) return [];
  return [
    {
      ...{
        severity: 'ticket',
        part: `topic ${last.topic}`,
        figures: { service, topic: last.topic, refused: lately.length },
        runbook: RUNBOOK,
      },
      saw: `${lately.length} unreadable records of ${last.topic} were refused within a quarter of an hour, the last one for: ${last.code}: ${last.message.slice(0, 200)}`,
      whatToDo:
        'npm run handoff -- dlt show says by key and headers whose they are; until that agent is mended, pause it at the desk or take its right to write.',
    },
  ];
}

/** Where nobody may list them, or they are too many to be listed: how many, and no more. */
const judgeCounts = (processes: Seen['processes']): readonly Finding[] =>
  gaugesOf(processes, 'handoff_audit_findings')
    .filter(({ labels, value }) => labels['finding'] === 'dead_letters' && value > 0)
    .map(({ service, value }) => ({
      ...{ severity: 'page', part: service, runbook: RUNBOOK, whatToDo: ABOUT },
      saw: `${value} records that ${service} could not take wait for somebody.`,
      figures: { service, waiting: value },
    }));
