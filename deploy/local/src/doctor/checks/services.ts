import { SERVICES, type Service } from '@handoff/contracts';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { ProcessSeen } from '../seen.js';

const LOG = 'Its log is in .handoff/logs/ where npm start runs it, else with whoever runs it.';

/** Whether each process answers, lives, and is ready to take its share; and if not, by its own words why. */
export const services: Check = {
  name: 'services',
  judge: ({ processes }) =>
    SERVICES.flatMap((service) =>
      judgeService(
        service,
        processes.filter((it) => it.service === service),
      ),
    ),
};

function judgeService(service: Service, processes: readonly ProcessSeen[]): readonly Finding[] {
  const away = processes.filter(({ live }) => live.kind === 'unseen');
  if (away.length > 0 && away.length === processes.length) return [allAway(service, away)];
  return processes.flatMap((it) => (it.live.kind === 'unseen' ? oneAway(it, processes.length) : judgeHealth(it)));
}

const allAway = (service: Service, away: readonly ProcessSeen[]): Finding => ({
  severity: 'page',
  part: service,
  saw: `No process of ${service} answers (${away.map(({ url, live }) => `${url}: ${whyOf(live)}`).join('; ')}); what it does stands still.`,
  figures: { processes: away.length, answering: 0 },
  whatToDo: `Start it. ${LOG}${service === 'routing' ? ' A wrong policy file keeps it from starting: npm run handoff -- policy check FILE.' : ''} If it runs elsewhere, ${service.toUpperCase().replaceAll('-', '_')}_URL says where to look.`,
  runbook: 'handoff-service-absent',
});

const oneAway = ({ service, url, live }: ProcessSeen, processes: number): readonly Finding[] => [
  {
    severity: 'ticket',
    part: `${service} at ${url}`,
    saw: `This process does not answer (${whyOf(live)}); another one of ${service} does.`,
    figures: { processes },
    whatToDo: `Start it again. ${LOG}`,
    runbook: 'handoff-service-absent',
  },
];

/** `/health/live` says that it should be ended, `/health/ready` what it waits for. */
function judgeHealth({ service, url, live, ready }: ProcessSeen): readonly Finding[] {
  const [dead, waiting] = [valueOf(live), valueOf(ready)];
  const part = `${service} at ${url}`;
  if (dead && !dead.ok)
    return [
      {
        ...{ severity: 'page', part, figures: {}, runbook: 'handoff-consumer-behind' },
        saw: `It should be replaced: ${saidBy(dead.reasons)}.`,
        whatToDo: 'Restart it; a restart loses nothing. Its log has what it did last.',
      },
    ];
  if (waiting?.ok) return [];
  const saw = waiting ? `It is not ready: ${saidBy(waiting.reasons)}.` : `It does not say whether it is ready (${whyOf(ready)}).`;
  const whatToDo = 'It goes on by itself once that is mended; nothing is lost until then.';
  return [{ severity: 'page', part, saw, figures: {}, whatToDo, runbook: 'handoff-consumer-paused' }];
}

const whyOf = (looked: ProcessSeen['live'] | ProcessSeen['ready']): string => (looked.kind === 'unseen' ? looked.why : '');

const saidBy = (reasons: readonly { readonly part: string; readonly why: string }[]): string =>
  reasons.map(({ part, why }) => `${part}: ${why.replace(/\.$/, '')}`).join('; ') || 'without a reason';
