import type { ReactNode } from 'react';
import { slaFile, useSlaReport } from '../api/use-sla.js';
import { Absent, Section } from '../handoff/section.js';
import { FormFailure } from '../shell/failure.js';
import { queryIn } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { useHash } from '../shell/use-route.js';
import { formatInstant } from '../time/format-instant.js';
import { SlaForm } from './sla-form.js';
import { questionOf, reportQuery } from './sla-question.js';
import { inTotal, percentOf, type SlaTotal } from './sla-rows.js';
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
          <Total {...inTotal(report.rows)} completeFrom={report.complete_from} />
          {report.rows.length > 0 && <SlaTable report={report} />}
        </Section>
      )}
    </Subpage>
  );
}

interface TotalProps extends SlaTotal {
  readonly completeFrom: string | null;
}

function Total({ decided, met, attainment, open, late, completeFrom }: TotalProps): ReactNode {
  return (
    <>
      {decided === 0 ? (
        <Absent>Nothing of what was asked in this time has been decided.</Absent>
      ) : (
        <p>
          All together <strong>{percentOf(attainment)}</strong>: {met.toLocaleString('en')} of {decided.toLocaleString('en')} decided in
          time.
        </p>
      )}
      {open > 0 && (
        <p>
          {open.toLocaleString('en')} still open{late > 0 && `, ${late.toLocaleString('en')} of them late already`}.
        </p>
      )}
      {completeFrom && <Absent>What was asked before {formatInstant(completeFrom)} may be gone by age.</Absent>}
    </>
  );
}
