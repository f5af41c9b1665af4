import { HandoffError, type Fault } from '@handoff/contracts';

/** Stops the start: with half a policy, handoffs would reach the wrong people or nobody. What was loaded before stays in force. */
export class PolicyInvalidError extends HandoffError {
  readonly code = 'POLICY_INVALID';
  constructor(
    file: string,
    readonly faults: readonly Fault[],
  ) {
    super(
      `The policy file ${file} cannot be used, and nothing was changed. Correct it and start again:\n${faults.map(({ message }) => `  ${message}`).join('\n')}`,
    );
  }
}

export class PolicyUnreadableError extends HandoffError {
  readonly code = 'POLICY_UNREADABLE';
  constructor(file: string, cause: unknown) {
    super(
      `The policy file ${file} cannot be read (${cause instanceof Error ? cause.message : String(cause)}). Set POLICY_FILE to one that can, and start again.`,
      {
        cause,
      },
    );
  }
}
