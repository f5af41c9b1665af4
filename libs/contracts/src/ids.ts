import { createHash } from 'node:crypto';
import { v5 as uuidV5, v7 as uuidV7 } from 'uuid';

declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** UUID. One change of hands, for its whole life. */
export type HandoffId = Branded<string, 'HandoffId'>;
/** UUID. The one answer that counts. */
export type DecisionId = Branded<string, 'DecisionId'>;
/** The agent's own name for its task; not unique across agents. */
export type TaskId = Branded<string, 'TaskId'>;
export type AgentId = Branded<string, 'AgentId'>;
/** A person's id in the directory, for example `ana`. */
export type PersonId = Branded<string, 'PersonId'>;
export type TeamId = Branded<string, 'TeamId'>;
/** UUID. What a person asked an agent, as its answer names it. */
export type QuestionId = Branded<string, 'QuestionId'>;
/** UUID. A task offered to one agent once; every reply to it names it. */
export type OfferId = Branded<string, 'OfferId'>;
export type TenantId = Branded<string, 'TenantId'>;

export const DEFAULT_TENANT = 'default' as TenantId;
/** An agent that names itself neither in the packet nor in `ce_source`. */
export const UNKNOWN_AGENT = 'unknown' as AgentId;
/** Brings the sampled tasks that agents did not escalate; outside their limits and their statistics. */
export const AUDIT_AGENT = 'handoff-audit' as AgentId;
/** Asks the canary's question each minute, to see that the whole path works; outside what is told of agents and of people. */
export const CANARY_AGENT = 'handoff-canary' as AgentId;
/** Who answers it: a program with a place in the directory, and no person. */
export const CANARY_ROBOT = 'canary-robot' as PersonId;

const GIVER = 'agent:';

/** What an agent that gives a task is called in its `delegated_by`; nobody's name in the directory. */
export const giverNamed = (agentId: string): string => `${GIVER}${agentId}`;

/** The agent that is called so; null where it is a person. */
export const agentGiving = (delegatedBy: string): AgentId | null =>
  delegatedBy.startsWith(GIVER) ? (delegatedBy.slice(GIVER.length) as AgentId) : null; // an agent's id is any name

const NAMESPACE = '7a0f4c2e-6f0b-5d0a-9d7e-3f5b8f0c1a11';

/**
 * The same parts give the same UUID (version 5), so that work repeated after a crash is the same work.
 * Parts are length-prefixed: ('ab', 'c') and ('a', 'bc') differ.
 */
export function deriveId<Id extends string = string>(...parts: readonly (string | number)[]): Id {
  const name = parts.map((part) => `${String(part).length}:${part}`).join('');
  return uuidV5(name.toWellFormed(), NAMESPACE) as Id; // half a surrogate pair has no UTF-8 to hash
}

/** A fresh id that sorts by the time it was made (UUID version 7). */
export function newId<Id extends string = string>(): Id {
  return uuidV7() as Id;
}

/** Hex SHA-256. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
