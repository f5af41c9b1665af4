import type { ReactNode } from 'react';
import { slaFile, useSlaReport } from '../api/use-sla.js';
import { Absent, Section } from '../handoff/section.js';
import { FormFailure } from '../shell/failure.js';
import { queryIn } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { useHash } from '../shell/use-route.js';
import { SlaForm } from './sla-form.js';
import { questionOf, reportQuery } from './sla-question.js';
import { inTotal, percentOf } from './sla-rows.js';
import { SlaTable } from './sla-table.js';

/** How much of what was asked was decided in time, and how long it took. */
export function SlaPage(): ReactNode {
  const question = questionOf(queryIn(useHash()));
  const query = reportQuery(question, new Date());
  const { data: report, error, isPending } = useSlaReport(query);
  return (
    <Subpage title="SLA">
      <SlaForm question={question} error={error} />
      <FormFailure error={error} />
      {isPending && <Absent>Loading…</Absent>}
      {report && !error && (
        <Section
          title="Decided in time"
          note={
            <a href={slaFile(query)} download>
              Export as a table (CSV)
            </a>
          }
        >
          <Total {...inTotal(report.rows)} />
          {report.rows.length > 0 && <SlaTable report={report} />}
        </Section>
      )}
    </Subpage>
  );
}

function Total({ decided, met, attainment }: ReturnType<typeof inTotal>): ReactNode {
  if (decided === 0) return <Absent>Nothing was decided in this time.</Absent>;
  return (
    <p>
      All together <strong>{percentOf(attainment)}</strong>: {met.toLocaleString('en')} of {decided.toLocaleString('en')} decided in time.
    </p>
  );
}
