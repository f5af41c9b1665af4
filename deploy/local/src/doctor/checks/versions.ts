import { SERVICES, type Service } from '@handoff/contracts';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { ProcessSeen } from '../seen.js';

/** Whether the processes of a service run the same program: two at once are a rollout that has not come to its end. */
export const versions: Check = {
  name: 'versions',
  judge: ({ processes }) =>
    SERVICES.flatMap((service) =>
      judgeBuilds(
        service,
        processes.filter((it) => it.service === service),
      ),
    ),
};

function judgeBuilds(service: Service, processes: readonly ProcessSeen[]): readonly Finding[] {
  const builds = processes.flatMap(({ url, later }) =>
    (valueOf(later)?.of('handoff_build_info') ?? []).map(({ labels: { build = '' } }) => ({ url, build })),
  );
  if (new Set(builds.map(({ build }) => build)).size < 2) return [];
  return [
    {
      ...{ severity: 'ticket', part: service, figures: { builds: builds.length }, runbook: 'handoff-versions' },
      saw: `The processes of ${service} run different programs: ${builds.map(({ url, build }) => `${build} at ${url}`).join(', ')}.`,
      whatToDo: 'Finish the rollout, or roll it back: restart those that are behind.',
    },
  ];
}
