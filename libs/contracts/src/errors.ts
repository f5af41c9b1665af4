/** Something wrong around a message (a setting, a server, a bug): thrown, never dead-lettered. */
export abstract class HandoffError extends Error {
  /** Stable, upper snake case; what alerts and runbooks refer to. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Something wrong with one message: a value, so that the rest of its batch goes on. */
export interface Fault {
  /** Where in the message, for example `steps_completed[2].action`; empty for the whole of it. */
  readonly path: string;
  /** Stable, lower snake case. */
  readonly code: FaultCode;
  /** In plain words: what was wrong and what is expected. */
  readonly message: string;
}

/** Every code that a refusal can carry; agents may branch on them, so they are only ever added to. */
export const FAULT_CODES = [
  'missing',
  'empty',
  'wrong_type',
  'not_allowed_value',
  'too_long',
  'too_short',
  'too_many',
  'too_large',
  'too_deep',
  'out_of_range',
  'bad_format',
  'unreadable',
  'no_value',
  'duplicate_key',
  'forbidden_key',
  'forbidden_character',
  'duplicate_header',
  'too_many_headers',
  'unknown_type',
  'unknown_handoff',
  'ambiguous_task',
  'already_ended',
  'unknown_template',
  'unknown_criterion',
  'breaks_schema',
  'bad_schema',
  'unknown_offer',
  'not_holder',
  'not_confirmed',
  'already_delivered',
  'unknown_question',
  'already_answered',
  'not_recalled',
  'idempotency_conflict',
  'rate_limited',
  'too_many_open',
  'agent_paused',
  'unknown_schema_major',
  'checksum_mismatch',
  'unknown_object',
  'cycle',
  'too_many_hops',
  'authority_exceeded',
  'secret_in_id',
  'masked_value',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export const fault = (path: string, code: FaultCode, message: string): Fault => ({ path, code, message });

export type Result<T> = { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

export const ok = <T>(value: T): Result<T> => ({ kind: 'ok', value });
export const refuse = <T>(...faults: readonly Fault[]): Result<T> => ({ kind: 'faults', faults });

/** Ends a switch over a union: a new member that is not handled does not compile. */
export function assertNever(value: never): never {
  throw new UnhandledCaseError(value);
}

class UnhandledCaseError extends HandoffError {
  readonly code = 'UNHANDLED_CASE';
  constructor(value: unknown) {
    super(`No case for ${JSON.stringify(value)}; a union gained a member that this release does not know. Deploy the release that does.`);
  }
}
