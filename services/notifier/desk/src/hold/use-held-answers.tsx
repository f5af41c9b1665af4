import type { HandoffId } from '@handoff/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { sendAnswer } from '../api/send-answer.js';
import { keys } from '../api/use-desk.js';
import { forgetDraft } from '../decide/use-draft.js';
import { notifyDecided } from '../decide/notify-decided.js';
import { HeldAnswers, type HeldAnswer } from './held-answers.js';

const HeldContext = createContext<HeldAnswers | null>(null);

/** Keeps what was confirmed while its person goes on. */
export function HoldAnswers({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [held] = useState(
    () =>
      new HeldAnswers(async ({ id, request }) => {
        try {
          notifyDecided(await sendAnswer(id, request, { keepalive: true }));
          forgetDraft(id);
        } finally {
          void client.invalidateQueries({ queryKey: keys.queues });
          void client.invalidateQueries({ queryKey: keys.handoff(id) });
        }
      }),
  );
  useEffect(() => {
    window.addEventListener('pagehide', held.sendAll);
    return () => window.removeEventListener('pagehide', held.sendAll);
  }, [held]);
  return <HeldContext value={held}>{children}</HeldContext>;
}

export function useHeldAnswers(): { readonly held: HeldAnswers; readonly all: readonly HeldAnswer[] } {
  const held = use(HeldContext);
  if (!held) throw new Error('There is no <HoldAnswers> around this.');
  return { held, all: useSyncExternalStore(held.subscribe, held.all) };
}

export const useHeldAnswer = (id: HandoffId): HeldAnswer | null => useHeldAnswers().all.find((it) => it.id === id) ?? null;
