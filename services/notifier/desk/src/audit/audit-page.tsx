import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { auditFile, useAudit } from '../api/use-audit.js';
import { Absent, Section } from '../handoff/section.js';
import { FormFailure } from '../shell/failure.js';
import { useMayLead } from '../shell/me-context.js';
import { queryIn } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { useHash } from '../shell/use-route.js';
import { AuditForm } from './audit-form.js';
import { AuditItem } from './audit-item.js';
import classes from './audit.module.css';

/** Who did and saw what, when, from where; for leads and admins. */
export function AuditPage(): ReactNode {
  const filter = queryIn(useHash());
  return (
    <Subpage title="Audit">
      {useMayLead() ? (
        <AuditLog key={String(filter)} filter={filter} />
      ) : (
        <p>Only leads and admins may read the audit log; ask one of them.</p>
      )}
    </Subpage>
  );
}

function AuditLog({ filter }: { readonly filter: URLSearchParams }): ReactNode {
  const log = useAudit(filter);
  const entries = log.data?.pages.flatMap((page) => page.entries);
  return (
    <>
      <AuditForm filter={filter} error={log.error} onAgain={() => void log.refetch()} />
      <FormFailure error={log.error} />
      {log.isPending && <Absent>Loading…</Absent>}
      {entries && (
        <Section
          title="The newest first"
          note={
            <a href={auditFile(filter)} download>
              Export as a table (CSV)
            </a>
          }
        >
          {entries.length === 0 && <Absent>Nothing is in the log that matches this.</Absent>}
          <ol className={classes.entries}>
            {entries.map((entry) => (
              <AuditItem key={entry.id} entry={entry} />
            ))}
          </ol>
          {log.hasNextPage && (
            <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              Show older ones
            </Button>
          )}
        </Section>
      )}
    </>
  );
}
