import { CHECKS } from './checks.js';
import { byUrgency, type Found } from './finding.js';
import type { Seen } from './seen.js';

/** Every check's judgement of what was seen, the worst first. */
export const diagnose = (seen: Seen): readonly Found[] =>
  byUrgency(CHECKS.flatMap(({ name, judge }) => judge(seen).map((finding): Found => ({ check: name, ...finding }))));

/** What could not be looked at at all, in words; where it is everything, nothing can be said of the system. */
export function unseenIn({ processes, kafka, postgres, deadLetters, agents, policy }: Seen): readonly string[] {
  return [
    ...processes.filter(({ live }) => live.kind === 'unseen').map(({ service, url }) => `${service} at ${url}`),
    ...(kafka.kind === 'unseen' ? ['kafka'] : []),
    ...(postgres === null ? ['postgres (DATABASE_URL is not set)'] : postgres.kind === 'unseen' ? ['postgres'] : []),
    ...(deadLetters === null
      ? ['dead letters in detail, agents, policy (SERVICE_TOKEN_SECRET is not set)']
      : deadLetters.filter(({ waiting }) => waiting.kind === 'unseen').map(({ service }) => `dead letters of ${service}`)),
    ...(agents?.kind === 'unseen' ? [`agents (${agents.why})`] : []),
    ...(policy?.kind === 'unseen' ? [`policy (${policy.why})`] : []),
  ];
}

export const isAllUnseen = ({ processes, kafka, postgres }: Seen): boolean =>
  processes.every(({ live }) => live.kind === 'unseen') && kafka.kind === 'unseen' && postgres?.kind !== 'seen';
