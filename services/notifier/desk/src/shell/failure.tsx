import type { ReactNode } from 'react';
import { describeError, faultsOf } from '../api/problem-error.js';
import { PacketLine } from '../text/packet-text.js';
import { Notice } from './notice.js';

/** Why something did not work, in the server's words where it gave any; nothing where nothing went wrong. */
export function Failure({ error, title = 'That did not work' }: { readonly error: Error | null; readonly title?: string }): ReactNode {
  if (!error) return null;
  return (
    <Notice tone="danger" title={title} live>
      <PacketLine text={describeError(error)} />
    </Notice>
  );
}

/** The same for what a form sent: what is said at a field already is not said once more. */
export const FormFailure = ({ error }: { readonly error: Error | null }): ReactNode =>
  faultsOf(error).length > 0 ? null : <Failure error={error} />;

/** What the server found wrong with a field, to be shown there. */
export function faultAt(error: Error | null, path: string): ReactNode {
  const fault = faultsOf(error).find((it) => it.path.startsWith(path));
  return fault && <PacketLine text={fault.message} />;
}
