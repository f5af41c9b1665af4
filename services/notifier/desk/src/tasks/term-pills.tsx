import type { ReactNode } from 'react';
import type { DeskTerms } from '../api/desk-types.js';
import { Pill } from '../shell/pill.js';

export const isLate = (terms: DeskTerms | null): boolean => terms?.due?.share === 1;

export const isOverBudget = ({ spent }: Pick<DeskTerms, 'spent'>): boolean => spent !== null && spent.total > spent.limit;

export const outsideOf = ({ decisions }: Pick<DeskTerms, 'decisions'>): DeskTerms['decisions'] =>
  decisions.filter(({ outside }) => outside !== null);

/** What is wrong with a task, at a glance; nothing where nothing is. */
export function TermPills({ terms }: { readonly terms: DeskTerms | null }): ReactNode {
  if (!terms) return null;
  return (
    <>
      {isLate(terms) && <Pill tone="danger">Late</Pill>}
      {isOverBudget(terms) && <Pill tone="danger">Over budget</Pill>}
      {outsideOf(terms).length > 0 && <Pill tone="warn">Outside its rights</Pill>}
    </>
  );
}
