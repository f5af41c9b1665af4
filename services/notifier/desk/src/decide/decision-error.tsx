import type { ReactNode } from 'react';
import { describeError, ProblemError } from '../api/problem-error.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';

/** Why the decision was not taken. A changed packet has a notice of its own. */
export function DecisionError({ error, general }: { readonly error: Error | null; readonly general: readonly string[] }): ReactNode {
  const shown = error instanceof ProblemError && error.problem.code === 'version_changed' ? null : error;
  if (!shown && general.length === 0) return null;
  return (
    <Notice tone="danger" live title="Not decided">
      {shown && (
        <p>
          <PacketLine text={describeError(shown)} />
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
