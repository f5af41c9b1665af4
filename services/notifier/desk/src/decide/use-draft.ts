import type { HandoffId } from '@handoff/contracts';
import { useState } from 'react';
import type { Draft } from './check-draft.js';

/** What was begun and not confirmed, so that looking at another handoff in between loses nothing. Gone with the page. */
const drafts = new Map<HandoffId, Draft>();

export const forgetDraft = (id: HandoffId): boolean => drafts.delete(id);

export function useDraft(id: HandoffId): readonly [draft: Draft | null, keep: (draft: Draft) => void] {
  const [draft, setDraft] = useState(() => drafts.get(id) ?? null);
  const keep = (next: Draft) => {
    drafts.set(id, next);
    setDraft(next);
  };
  return [draft, keep];
}
