import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { gaugesOf } from '../service-gauges.js';

/** Handoffs' clocks: whether any is due and has not fired, and whether an open handoff has none. */
export const clocks: Check = {
  name: 'clocks',
  judge: ({ processes }) => {
    const overdue = Math.max(0, ...gaugesOf(processes, 'handoff_clocks_overdue').map(({ value }) => value));
    const unclocked = Math.max(0, ...findings('unclocked', gaugesOf(processes, 'handoff_audit_findings')));
    return [
      ...(overdue > 0
        ? [late(`${overdue} clocks are past due and have not fired: levels are not asked, warnings not given.`, { overdue })]
        : []),
      ...(unclocked > 0
        ? [
            late(
              `${unclocked} open handoffs have no armed clock: nobody will notice when they are late.`,
              { unclocked },
              'handoff-audit-findings',
            ),
          ]
        : []),
    ];
  },
};

const findings = (name: string, gauges: ReturnType<typeof gaugesOf>): readonly number[] =>
  gauges.filter(({ labels }) => labels['finding'] === name).map(({ value }) => value);

const late = (saw: string, figures: Finding['figures'], runbook = 'handoff-clocks-overdue'): Finding => ({
  ...{ severity: 'page', part: 'sla-monitor', saw, figures, runbook },
  whatToDo: 'See whether sla-monitor runs and reaches Postgres; an overdue clock fires as soon as it does.',
});
