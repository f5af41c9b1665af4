import { AUDIT_AGENT, fault, type AgentId, type Fault, type Seconds } from '@handoff/contracts';

/** What one agent may ask; 0 is no limit. */
export interface Limits {
  /** Acceptances per minute; a minute's worth may come at once. */
  readonly perMinute: number;
  readonly open: number;
}

/** A packet beyond what its agent may ask now. */
export interface Beyond {
  /** 1 for the first of the agent's that was not admitted. */
  readonly place: number;
  /** Acceptances that the agent has left, below 1 where its rate is what stopped it. */
  readonly tokens: number;
  readonly isFull: boolean;
  /** People have paused the agent: for how long still, and why. */
  readonly pause: { readonly seconds: Seconds; readonly reason: string } | null;
}

export interface OverLimit {
  readonly fault: Fault;
  readonly retryAfter: Seconds;
}

/** When a person will answer nobody knows; asking once a minute costs little. */
const OPEN_RETRY_SECONDS = 60;

export const isLimited = (agentId: AgentId): boolean => agentId !== AUDIT_AGENT;

/** Each of several is told a time of its own, so that they do not all come back at once. */
export function overLimit({ place, tokens, isFull, pause }: Beyond, { perMinute, open }: Limits): OverLimit {
  if (pause) return { retryAfter: Math.max(1, Math.ceil(pause.seconds)), fault: fault('', 'agent_paused', pausedFor(pause.reason)) };
  if (isFull) return { retryAfter: OPEN_RETRY_SECONDS, fault: fault('', 'too_many_open', tooManyOpen(open)) };
  const retryAfter = Math.max(1, Math.ceil(((place - tokens) * 60) / perMinute));
  return { retryAfter, fault: fault('', 'rate_limited', tooFast(perMinute, retryAfter)) };
}

const pausedFor = (reason: string): string =>
  `People have paused this agent: ${reason} Send it again once the pause is over; what it has handed off goes on.`;

const tooManyOpen = (open: number): string =>
  `This agent has ${open} open handoffs, and more are not taken. Wait for answers, or withdraw what is no longer needed, and send it again.`;

const tooFast = (perMinute: number, retryAfter: Seconds): string =>
  `This agent may hand off ${perMinute} times a minute, and has. Send it again in ${retryAfter} seconds.`;
