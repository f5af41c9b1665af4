import type { HandoffDecision } from '@handoff/contracts';
import { notifications } from '@mantine/notifications';
import { ENDED_WORDS } from '../handoff/handoff-words.js';

/** Said after the desk has gone on to the next handoff. */
export function notifyDecided(decision: HandoffDecision): void {
  notifications.show({
    message: `${ENDED_WORDS[decision.type]}: recorded, and on its way to the agent.`,
    autoClose: 6000,
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}
