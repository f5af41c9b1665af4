import type { ReactNode } from 'react';
import classes from './desk-header.module.css';
import { useMayLead } from './me-context.js';
import { routeToPage, type DeskSubpage } from './read-route.js';
import { usePage } from './use-route.js';

const PAGE_WORDS: Readonly<Record<Exclude<DeskSubpage, 'mine' | 'delegate'>, string>> = {
  tasks: 'Tasks',
  handover: 'Hand-over',
  duty: 'Duty',
  policy: 'Policy',
  sla: 'SLA',
  asking: 'Asking',
  pauses: 'Pauses',
  audit: 'Audit',
};

/** The pages beside the queue. */
export function DeskNav(): ReactNode {
  const page = usePage();
  const mayLead = useMayLead();
  return (
    <nav className={classes.nav} aria-label="Pages">
      <PageLink to="tasks" page={page} />
      <PageLink to="handover" page={page} />
      <PageLink to="duty" page={page} />
      <PageLink to="policy" page={page} />
      <PageLink to="sla" page={page} />
      <PageLink to="pauses" page={page} />
      {mayLead && <PageLink to="asking" page={page} />}
      {mayLead && <PageLink to="audit" page={page} />}
    </nav>
  );
}

const PageLink = ({ to, page }: { readonly to: keyof typeof PAGE_WORDS; readonly page: DeskSubpage | null }): ReactNode => (
  <a href={routeToPage(to)} aria-current={page === to ? 'page' : undefined}>
    {PAGE_WORDS[to]}
  </a>
);
