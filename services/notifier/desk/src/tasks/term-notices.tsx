import type { ReactNode } from 'react';
import type { DeskTerms } from '../api/desk-types.js';
import { Notice } from '../shell/notice.js';
import { showHidden } from '../text/split-hidden.js';
import { formatInstant } from '../time/format-instant.js';
import { isLate, isOverBudget, outsideOf } from './term-pills.js';

/** What has to be seen before the work is accepted. */
export function TermNotices({ terms }: { readonly terms: DeskTerms | null }): ReactNode {
  if (!terms) return null;
  const { due, spent } = terms;
  const outside = outsideOf(terms).length;
  return (
    <>
      {due && isLate(terms) && <Notice tone="danger" title={`Late: it was due by ${formatInstant(due.due_at)}`} />}
      {spent && isOverBudget(terms) && (
        <Notice tone="danger" title={`Over budget: ${spent.total} of ${spent.limit} ${showHidden(spent.unit)} are spent`} />
      )}
      {outside > 0 && (
        <Notice tone="warn" title={outside === 1 ? 'It decided once outside its rights' : `It decided ${outside} times outside its rights`}>
          What it decided by itself is shown below.
        </Notice>
      )}
    </>
  );
}
