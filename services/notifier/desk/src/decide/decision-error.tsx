import type { ReactNode } from 'react';
import { describeError, isRefusal } from '../api/problem-error.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';

/** The same answer of the same person gets the decision that it got the first time. */
const UNANSWERED = 'It is not known whether your decision has been recorded. It is safe to confirm it again: it counts once.';

/** Why the decision was not taken. A changed packet has a notice of its own. */
export function DecisionError({ error, general }: { readonly error: Error | null; readonly general: readonly string[] }): ReactNode {
  const shown = isRefusal(error) && error.problem.code === 'version_changed' ? null : error;
  if (!shown && general.length === 0) return null;
  const unanswered = shown !== null && !isRefusal(shown);
  return (
    <Notice tone="danger" live title={unanswered ? 'No answer from the server' : 'Not decided'}>
      {shown && (
        <p>
          <PacketLine text={unanswered ? UNANSWERED : describeError(shown)} />
        </p>
      )}
      {general.map((message) => (
        <p key={message}>
          <PacketLine text={message} />
        </p>
      ))}
    </Notice>
  );
}
