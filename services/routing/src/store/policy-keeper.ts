import { type Transaction, Transactions } from '@handoff/bus';
import { handoffDirectory, sha256 } from '@handoff/contracts';
import { type Background, LOGGER, type Logger } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { directoryEntries } from '../domain/directory-entries.js';
import type { Policy } from '../domain/policy.js';
import { Policies } from './policies.js';

/** The policy as the file has it. */
export const POLICY = Symbol('Policy');

/** Keeps the file's policy as a new version, once, whichever replica starts first, and tells everybody who is in it. */
@Injectable()
export class PolicyKeeper implements Background {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Policies) private readonly policies: Policies,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.transactions.run((tx) => this.keep(tx));
  }

  stop(): void {
    // Nothing goes on after the start.
  }

  private async keep(tx: Transaction): Promise<void> {
    await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handoff policy ' || current_schema(), 0))`);
    const hash = sha256(JSON.stringify(this.policy));
    const newest = await this.policies.newest(tx);
    if (newest?.hash === hash) return;
    const next = { version: (newest?.version ?? 0) + 1, policy: this.policy };
    await this.policies.add(tx, next, hash);
    const entries = directoryEntries(next, newest?.policy ?? null, await databaseNow(tx.db));
    tx.publish(handoffDirectory, entries, { identityOf: ({ id, version }) => [id, version] });
    this.log.info({ policy: next.policy.id, version: next.version }, 'A new policy version is in force for handoffs accepted from now on');
  }
}
