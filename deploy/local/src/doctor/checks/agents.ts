import type { Seconds } from '@handoff/contracts';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { AgentsSeen, AskingAgent } from '../seen.js';

const ENOUGH_HANDOFFS = 5;
/** It is silent once it has let so many of its usual gaps pass. */
const GAPS = 5;
/** By then it is not silent, but gone. */
const GONE_SECONDS: Seconds = 86_400;

/** Agents that asked regularly and do not any more, and agents that owe people an answer. */
export const agents: Check = {
  name: 'agents',
  judge: ({ agents: looked, silentAfter }) => {
    const seen = looked && valueOf(looked);
    return seen ? [...seen.asking.flatMap((it) => judgeRhythm(it, seen.now, silentAfter)), ...judgeAnswers(seen, silentAfter)] : [];
  },
};

/** What came in one burst has no rhythm. */
function judgeRhythm(
  { agent_id: agent, handoffs, first_at, last_at, usual_gap_seconds: gap }: AskingAgent,
  now: string,
  silentAfter: Seconds,
): readonly Finding[] {
  const [quiet, spell] = [secondsBetween(last_at, now), secondsBetween(first_at, last_at)];
  const isRegular = handoffs >= ENOUGH_HANDOFFS && spell >= silentAfter;
  if (!isRegular || quiet <= Math.max(silentAfter, GAPS * gap) || quiet > GONE_SECONDS) return [];
  return [
    finding(
      agent,
      `Agent ${agent} has asked nothing for ${Math.round(quiet)} s, and asked every ${Math.round(gap)} s before.`,
      { quiet_seconds: Math.round(quiet), usual_gap_seconds: Math.round(gap) },
      'Ask its owner whether it runs. If it does: are its records refused (handoff.rejected), its key revoked, its address of Kafka right?',
    ),
  ];
}

const judgeAnswers = ({ now, unanswered }: AgentsSeen, silentAfter: Seconds): readonly Finding[] =>
  unanswered
    .map(({ agent_id: agent, questions, since }) => ({ agent, questions, waits: Math.round(secondsBetween(since, now)) }))
    .filter(({ waits }) => waits > silentAfter)
    .map(({ agent, questions, waits }) =>
      finding(
        agent,
        `Agent ${agent} owes people ${questions} answer${questions === 1 ? '' : 's'}, the oldest for ${waits} s.`,
        { questions, waits_seconds: waits },
        'See whether the agent reads handoff.assignments, or its handoffs over HTTP. People may decide without the answer.',
      ),
    );

const secondsBetween = (from: string, to: string): Seconds => (Date.parse(to) - Date.parse(from)) / 1000;

const finding = (agent: string, saw: string, figures: Finding['figures'], whatToDo: string): Finding => ({
  ...{ severity: 'ticket', part: `agent ${agent}`, saw, figures, whatToDo, runbook: 'handoff-agent-silent' },
});
