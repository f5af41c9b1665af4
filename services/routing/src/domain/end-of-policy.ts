import type { RoutedEnd } from '@handoff/contracts';
import type { Facts } from './facts.js';
import type { Rule } from './policy.js';

/** What the rule says shall happen where nobody has decided to the end; null: it is held, and paged again. */
export function endOfPolicy({ id, atEnd }: Rule, facts: Facts | null): RoutedEnd | null {
  const silence = `Nobody decided by the end of rule "${id}"`;
  switch (atEnd?.do) {
    case 'reject':
      return { type: 'rejected_by_policy', reason: `${silence}, which then rejects.` };
    case 'approve':
      return facts && atEnd.actions.includes(facts.action)
        ? { type: 'approved_by_policy', reason: `${silence}, which then approves ${facts.action}, as it can be undone.` }
        : null;
    case 'hold_and_page':
    case undefined:
      return null;
  }
}
