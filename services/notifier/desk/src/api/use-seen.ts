import type { HandoffId } from '@handoff/contracts';
import { useEffect } from 'react';
import { send } from './request.js';

/** Tells the server that its reader has the handoff on the screen. What is lost of it is told the next time; nobody waits for it. */
export function useSeen(id: HandoffId, isOpen: boolean): void {
  useEffect(() => {
    if (isOpen) send(`/handoffs/${encodeURIComponent(id)}/seen`).catch(() => undefined);
  }, [id, isOpen]);
}
