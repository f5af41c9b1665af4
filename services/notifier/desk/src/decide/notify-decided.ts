import { notifications } from '@mantine/notifications';
import type { Recorded } from '../api/send-answer.js';
import { ENDED_WORDS } from '../handoff/handoff-words.js';

/** Said after the desk has gone on to the next handoff. */
export function notifyDecided(recorded: Recorded): void {
  notifications.show({ message: describeRecorded(recorded), autoClose: 6000, closeButtonProps: { 'aria-label': 'Dismiss' } });
}

export function describeRecorded(recorded: Recorded): string {
  switch (recorded.kind) {
    case 'decided':
      return `${ENDED_WORDS[recorded.decision.type]}: recorded, and on its way to the agent.`;
    case 'voted':
      return `Your answer is recorded: ${recorded.agreeing} of ${recorded.needed} agree so far.`;
    case 'batch': {
      const refused = recorded.refused.length > 0 ? ` ${recorded.refused.length} not: ${recorded.refused.join(' ')}` : '';
      return `${recorded.recorded} answers are recorded.${refused}`;
    }
  }
}
