import { fault, type Fault, type HandoffId } from '@handoff/contracts';

export const keyConflict = (handoffId: HandoffId): Fault =>
  fault(
    'idempotency_key',
    'idempotency_conflict',
    `This idempotency key was used for handoff ${handoffId} with another packet. Send changes of that handoff as context, or use a new key.`,
  );
