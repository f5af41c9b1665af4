import { describeChange, type TopicChange } from '../../topics/diff-topics.js';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';

/** Topics as the contracts have them. */
export const topics: Check = { name: 'topics', judge: ({ kafka }) => (valueOf(kafka)?.changes ?? []).map(judgeChange) };

function judgeChange(change: TopicChange): Finding {
  const isMissing = change.kind === 'create';
  return {
    severity: isMissing ? 'page' : 'ticket',
    part: `topic ${change.topic}`,
    saw: isMissing
      ? `Topic ${change.topic} is missing: what is published to it waits.`
      : `It is not as it should be: ${describeChange(change)}.`,
    figures: { change: change.kind },
    whatToDo: change.kind === 'wrong-replication' ? 'Move its copies as the sentence says.' : 'Run npm run topics -- plan, then apply.',
    runbook: 'handoff-topics',
  };
}
