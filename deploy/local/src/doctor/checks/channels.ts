import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import { risen } from '../service-gauges.js';
import type { ChannelFailures, ProcessSeen, Seen } from '../seen.js';

const ATTEMPTS = 'handoff_notification_attempts_total';
const FAILING = ['refused', 'failed', 'gone'] as const;
const CREDENTIALS = /\b(?:401|403|407|535)\b|invalid_auth|not_authed|token|unauthori[sz]ed|forbidden|authentication|credential/i;

/** Ways to people that do not get through: by what the notifier keeps of its copies, else by what its counters did just now. */
export const channels: Check = {
  name: 'channels',
  judge: (seen) => {
    const server = seen.postgres && valueOf(seen.postgres);
    return server ? server.failures.map(judgeFailures) : judgeCounters(seen);
  },
};

function judgeFailures({ channel, failed, delivered, lastError }: ChannelFailures): Finding {
  const isToken = CREDENTIALS.test(lastError);
  return {
    severity: delivered === 0 ? 'page' : 'ticket',
    part: `channel ${channel}`,
    saw: `${failed} copies have not reached anybody by ${channel}, ${delivered} have. The last error: ${lastError.replace(/\.$/, '')}.`,
    figures: { channel, failed, delivered, last_error: lastError },
    whatToDo: isToken
      ? `The receiver does not take our credentials: set the token of ${channel} anew in notifier’s settings and restart it. People are told on their other channels meanwhile.`
      : 'The error says whose address or setting it is; its runbook has each of them.',
    runbook: 'handoff-notification-attempts',
  };
}

const judgeCounters = ({ processes }: Seen): readonly Finding[] =>
  [...new Set(processes.flatMap(channelsOf))].flatMap((channel) => {
    const rose = (result: string): number => processes.reduce((sum, it) => sum + risen(it, ATTEMPTS, { channel, result }), 0);
    const failed = FAILING.reduce((sum, result) => sum + rose(result), 0);
    if (failed === 0) return [];
    const delivered = rose('delivered');
    const figures = { channel, failed, delivered };
    return [
      {
        ...{ severity: delivered === 0 ? 'page' : 'ticket', part: `channel ${channel}`, figures, runbook: 'handoff-notification-attempts' },
        saw: `${failed} attempts by ${channel} have failed while this looked, ${delivered} got through.`,
        whatToDo: 'The log of notifier has "could not be delivered" with the reason; with DATABASE_URL this command says it, too.',
      },
    ];
  });

const channelsOf = ({ later }: ProcessSeen): readonly string[] =>
  (valueOf(later)?.of(ATTEMPTS) ?? []).map(({ labels }) => labels['channel'] ?? '');
