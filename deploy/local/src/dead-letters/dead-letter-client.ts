import type { Service } from '@handoff/contracts';
import type { Answer, OperatorClient } from '../operator/operator-client.js';
import type { DltFilter } from './dlt-options.js';

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

export const DONE = { replay: 'replayed', dismiss: 'dismissed' } as const;

/** The operators' API of one service. */
export class DeadLetterClient {
  constructor(private readonly client: OperatorClient) {}

  get service(): Service {
    return this.client.service;
  }

  /** Page by page, the oldest first. */
  async *list({ state, topic, code, olderThan, newerThan }: DltFilter): AsyncGenerator<ListedDeadLetter> {
    const query = new URLSearchParams({ state });
    for (const [name, value] of Object.entries({ topic, code, older_than: olderThan, newer_than: newerThan }))
      if (value !== null) query.set(name, String(value));
    for (let after: string | null = ''; after !== null;) {
      const answer = await this.ask('GET', `?${String(query)}&after=${after}`);
      if (!answer.ok) throw this.client.refused(answer);
      const page = answer.body as { readonly items: readonly ListedDeadLetter[]; readonly next: string | null };
      yield* page.items;
      after = page.next;
    }
  }

  async show(id: string): Promise<ShownDeadLetter | null> {
    const answer = await this.ask('GET', `/${id}`);
    if (answer.problem === 'not_found') return null;
    if (!answer.ok) throw this.client.refused(answer);
    return answer.body as ShownDeadLetter;
  }

  async settle(id: string, verb: 'replay' | 'dismiss'): Promise<SettleAnswer> {
    const answer = await this.ask('POST', `/${id}/${verb}`);
    if (answer.ok) return { outcome: DONE[verb], detail: 'Done.' };
    const outcome = REFUSALS.find((it) => it === answer.problem);
    if (!outcome) throw this.client.refused(answer);
    return { outcome, detail: answer.detail };
  }

  private ask(method: 'GET' | 'POST', path: string): Promise<Answer> {
    return this.client.ask(method, `/operator/v1/dead-letters${path}`);
  }
}
