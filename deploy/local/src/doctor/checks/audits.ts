import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { gaugesOf, type ServiceGauge } from '../service-gauges.js';

const QUIET_SECONDS = 120;
/** What other checks judge with more at hand. */
const ELSEWHERE = new Set(['dead_letters', 'unclocked']);

const ABOUT: Readonly<Record<string, Omit<Finding, 'severity' | 'part' | 'figures' | 'saw'> & { readonly saw: string }>> = {
  unrouted: {
    saw: 'handoffs were accepted and nobody was asked',
    whatToDo: 'See whether routing runs and is ready, and how far it is behind on handoff.accepted. The fallback channel has been paged.',
    runbook: 'handoff-unrouted',
  },
  unpublished: {
    saw: 'events were committed and are not on Kafka after a minute',
    whatToDo: 'See whether Kafka takes writes; the log has "Kafka did not acknowledge" with the reason. The relay sends them by itself.',
    runbook: 'handoff-publish-failures',
  },
};

/** What the services' own auditors say should never be; and an auditor that says nothing any more. */
export const audits: Check = {
  name: 'audits',
  judge: ({ processes }) => [
    ...gaugesOf(processes, 'handoff_audit_findings')
      .filter(({ labels, value }) => value > 0 && !ELSEWHERE.has(labels['finding'] ?? ''))
      .map(judgeFinding),
    ...gaugesOf(processes, 'handoff_audit_heartbeat_seconds').flatMap(judgeHeartbeat),
  ],
};

function judgeFinding({ service, labels: { finding = '' }, value }: ServiceGauge): Finding {
  const { saw, ...rest } = ABOUT[finding] ?? {
    saw: `rows of the finding "${finding}" were counted`,
    whatToDo: 'Its runbook says what the finding means and how to see its rows.',
    runbook: 'handoff-audit-findings',
  };
  return { severity: 'page', part: service, saw: `${value} ${saw}.`, figures: { finding, count: value }, ...rest };
}

/** By the process's own clock, which may be wrong; an hour's skew is another check's. */
function judgeHeartbeat({ service, value }: ServiceGauge): readonly Finding[] {
  const seconds = Math.round(Date.now() / 1000 - value);
  if (seconds <= QUIET_SECONDS || seconds > 10 * 365 * 86_400) return [];
  return [
    {
      ...{ severity: 'page', part: service, figures: { silent_seconds: seconds }, runbook: 'handoff-audit-silent' },
      saw: `Its auditor has not finished a round for ${seconds} s: what it counts is old.`,
      whatToDo: 'See whether Postgres answers it; its log has "The audit was not completed" with the reason.',
    },
  ];
}
