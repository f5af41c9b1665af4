import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TENANT, HandoffError, OPERATOR, signServiceToken, type Service } from '@handoff/contracts';
import { handoffHome } from '../home.js';
import { fixedPorts } from '../system/local-ports.js';
import { urlOf } from '../system/service-env.js';
import type { DltFilter } from './dlt-options.js';

type Env = Readonly<Record<string, string | undefined>>;

/** As a service's API has it; what is in it may be anybody's text. */
export interface ListedDeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key_base64: string | null;
  readonly bytes: number;
  readonly code: string;
  readonly message: string;
  /** An agent's record that was refused by name; its agent knows. */
  readonly refused: boolean;
  readonly state: 'waiting' | 'replayed' | 'dismissed';
  readonly died_at: string;
  readonly attempts: number;
  readonly attempted_at: string | null;
  readonly attempted_by: string | null;
  readonly last_error: string | null;
  /** Since when it is replayed or dismissed. */
  readonly replayed_at: string | null;
}

export interface ShownDeadLetter extends ListedDeadLetter {
  readonly record_at: string | null;
  readonly headers_base64: readonly (readonly [name: string, value: string | null])[];
  readonly value_base64: string | null;
}

const REFUSALS = ['already_replayed', 'already_dismissed', 'failed_again', 'not_found'] as const;

/** What became of a dead letter that was to be settled. */
export interface SettleAnswer {
  readonly outcome: 'replayed' | 'dismissed' | (typeof REFUSALS)[number];
  readonly detail: string;
}

export class DltError extends HandoffError {
  readonly code = 'DLT';
}

export const DONE = { replay: 'replayed', dismiss: 'dismissed' } as const;

/** The operators' API of one service. */
export class DeadLetterClient {
  constructor(
    readonly service: Service,
    private readonly url: string,
    private readonly secret: string,
    private readonly operator: string,
  ) {}

  /** Page by page, the oldest first. */
  async *list({ state, topic, code, olderThan, newerThan }: DltFilter): AsyncGenerator<ListedDeadLetter> {
    const query = new URLSearchParams({ state });
    for (const [name, value] of Object.entries({ topic, code, older_than: olderThan, newer_than: newerThan }))
      if (value !== null) query.set(name, String(value));
    for (let after: string | null = ''; after !== null;) {
      const answer = await this.ask('GET', `?${String(query)}&after=${after}`);
      if (!answer.ok) throw this.refused(answer);
      const page = answer.body as { readonly items: readonly ListedDeadLetter[]; readonly next: string | null };
      yield* page.items;
      after = page.next;
    }
  }

  async show(id: string): Promise<ShownDeadLetter | null> {
    const answer = await this.ask('GET', `/${id}`);
    if (answer.problem === 'not_found') return null;
    if (!answer.ok) throw this.refused(answer);
    return answer.body as ShownDeadLetter;
  }

  async settle(id: string, verb: 'replay' | 'dismiss'): Promise<SettleAnswer> {
    const answer = await this.ask('POST', `/${id}/${verb}`);
    if (answer.ok) return { outcome: DONE[verb], detail: 'Done.' };
    const outcome = REFUSALS.find((it) => it === answer.problem);
    if (!outcome) throw this.refused(answer);
    return { outcome, detail: answer.detail };
  }

  private async ask(method: 'GET' | 'POST', path: string): Promise<Answer> {
    const claims = { subject: this.operator, roles: [OPERATOR], tenant: DEFAULT_TENANT, audience: this.service };
    const headers = { authorization: `Bearer ${signServiceToken(claims, this.secret)}` };
    try {
      const response = await fetch(`${this.url}/operator/v1/dead-letters${path}`, { method, headers, signal: AbortSignal.timeout(60_000) });
      const body: unknown = await response.json();
      const { code = '', detail = '' } = body as { readonly code?: string; readonly detail?: string };
      return { ok: response.ok, status: response.status, body, problem: response.ok ? '' : code, detail };
    } catch (cause) {
      throw new DltError(`${this.service} at ${this.url} does not answer: ${reasonOf(cause)}. Is it running there?`, { cause });
    }
  }

  private refused({ status, detail }: Answer): DltError {
    return new DltError(`${this.service} at ${this.url} answered ${status}: ${detail}`);
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  /** The stable code of a refusal; empty where it was none. */
  readonly problem: string;
  readonly detail: string;
}

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message ? cause.message : message;
};

/** Where each service is: by its setting, else where `npm start` runs it. */
export function serviceUrl(service: Service, env: Env): string {
  const given = env[`${service.toUpperCase().replaceAll('-', '_')}_URL`];
  return given ? given.replace(/\/+$/, '') : urlOf(fixedPorts(env)[service]);
}

/** What tokens are signed with: the setting, else what the local system keeps. */
export async function serviceTokenSecret(env: Env): Promise<string> {
  if (env['SERVICE_TOKEN_SECRET']) return env['SERVICE_TOKEN_SECRET'];
  const file = join(handoffHome(env), 'secrets', 'service-token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new DltError(`Set SERVICE_TOKEN_SECRET to what the services have; npm start keeps its own in ${file}, and it is not there.`, {
      cause,
    });
  }
}
