import type { HandoffMove } from '@handoff/contracts';
import { DECISION_WORDS } from '../decide/decision-words.js';
import { URGENCY_WORDS } from '../handoff/handoff-words.js';
import { formatInstant } from '../time/format-instant.js';
import { VERDICT_WORDS } from './move-words.js';

/** What somebody did, as it reads behind a name. */
export function describeMove({ event, to, until, vote, asking_was, desk }: HandoffMove): string {
  switch (event) {
    case 'acknowledge':
      return 'is on it';
    case 'release':
      return 'is no longer on it';
    case 'reassign':
      return `handed it over to ${to?.id ?? 'others'}`;
    case 'escalate':
      return 'sent it to the next level';
    case 'defer':
      return until ? `put it off until ${formatInstant(until)}` : 'put it off';
    case 'request_info':
      return 'asked the agent';
    case 'info_given':
      return 'answered';
    case 'request_changes':
      return 'sent it back';
    case 'ask':
      return 'asks';
    case 'answer':
      return 'answered the agent';
    case 'warning':
      return 'is warned';
    case 'set_urgency':
      return `set the urgency to ${desk ? URGENCY_WORDS[desk.urgency].toLowerCase() : 'another one'}`;
    case 'vote':
      return vote ? `answered “${DECISION_WORDS[vote.type].label}”, ${vote.agreeing} of ${vote.needed} needed` : 'answered';
    case 'comment':
      return 'commented';
    case 'rate':
      return asking_was && asking_was !== 'unknown' ? `rated: ${VERDICT_WORDS[asking_was].toLowerCase()}` : 'rated the asking';
    case 'recall':
      return 'asked the agent to stop';
    case 'done':
      return 'finished the task';
    case 'hand_back':
      return 'handed the task back';
  }
}
