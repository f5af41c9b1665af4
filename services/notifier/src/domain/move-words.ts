import { assertNever, type HandoffMove } from '@handoff/contracts';

/** What somebody did, short of deciding, in one sentence. */
export function moveWords(move: HandoffMove): string {
  const note = move.note ? `: ${move.note}` : '';
  return `${move.moved_by} ${deed(move)}${note}`;
}

function deed({ event, to, until, vote, asking_was, desk }: HandoffMove): string {
  switch (event) {
    case 'acknowledge':
      return 'is on it';
    case 'release':
      return 'lets it go';
    case 'reassign':
      return `gives it to ${to?.id ?? 'somebody else'}`;
    case 'escalate':
      return 'passes it on to the next level';
    case 'defer':
      return `puts it off until ${until ?? 'later'}`;
    case 'request_info':
      return 'asks the agent';
    case 'info_given':
      return 'answers';
    case 'request_changes':
      return 'sends it back';
    case 'ask':
      return 'asks';
    case 'answer':
      return 'answers the agent';
    case 'warning':
      return 'is warned';
    case 'set_urgency':
      return `sets the urgency to ${desk?.urgency ?? 'another one'}`;
    case 'vote':
      return `votes ${vote?.type ?? ''}, ${vote?.agreeing ?? '?'} of ${vote?.needed ?? '?'}`;
    case 'comment':
      return 'comments';
    case 'rate':
      return `says that asking was ${asking_was ?? 'unknown'}`;
    case 'recall':
      return 'asks the agent to stop';
    case 'done':
      return 'has done the task';
    case 'hand_back':
      return 'hands the task back';
    default:
      return assertNever(event);
  }
}
