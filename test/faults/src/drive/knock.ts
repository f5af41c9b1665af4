import { HandoffError, isJsonObject, type JsonObject } from '@handoff/contracts';

export interface Knocked {
  readonly status: number;
  /** Empty where the answer is no JSON object. */
  readonly body: JsonObject;
}

export interface Request {
  readonly method: string;
  readonly body?: object | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** It is part of a fault, which is not to take longer the more the robots have to do. */
  readonly isUrgent?: boolean;
}

/** The door is closed at this moment: nothing is known about the request, and the same one is made again. */
export class DoorClosedError extends HandoffError {
  readonly code = 'DOOR_CLOSED';
  constructor(url: string, why: unknown) {
    super(`${url} did not answer: ${String(why)}`, { cause: why });
  }
}

/** The door said no to something that is right. */
export class RefusedError extends HandoffError {
  readonly code = 'REFUSED';
  constructor(
    what: string,
    readonly status: number,
    body: JsonObject,
  ) {
    super(`${what} was answered ${status}: ${JSON.stringify(body).slice(0, 300)}`);
  }
}

const TIMEOUT_MS = 8000;
/** All robots together: what waited during an outage must not come back as a flood that makes the next one. */
const MOST_AT_ONCE = 16;
let knocking = 0;
const waiting: (() => void)[] = [];

/** @throws DoorClosedError where nobody answers, or answers that it is not able to now (429, 5xx) */
export async function knock(url: string, request: Request): Promise<Knocked> {
  if (request.isUrgent) return knockNow(url, request);
  if (knocking >= MOST_AT_ONCE) await new Promise<void>((turn) => waiting.push(turn));
  else knocking++;
  try {
    return await knockNow(url, request);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else knocking--;
  }
}

async function knockNow(url: string, { method, body, headers }: Request): Promise<Knocked> {
  try {
    const sent = body ? JSON.stringify(body) : null;
    const init = { method, body: sent, headers: { 'content-type': 'application/json', ...headers }, redirect: 'manual' as const };
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if (response.status >= 500 || response.status === 429) throw new Error(`${response.status} ${text.slice(0, 200)}`);
    const answer: unknown = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: response.status, body: isJsonObject(answer) ? answer : {} };
  } catch (error) {
    throw new DoorClosedError(url, error instanceof Error ? (error.cause ?? error.message) : error);
  }
}
