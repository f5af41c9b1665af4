import type { Transaction } from '@handoff/bus';
import { DEFAULT_TENANT } from '@handoff/contracts';
import { LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Policy, PolicyVersion } from '../domain/policy.js';

interface PolicyRow {
  readonly version: number;
  readonly document: Policy;
}

/** Policy versions as rows. A version never changes, so what was read once is kept. */
@Injectable()
export class Policies {
  private readonly read = new Map<number, Policy>();
  private readonly missed = new Set<number>();

  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  /**
   * The newest version, whichever replica loaded it, and those that the handoffs at hand run by. The newest stands for one that has no row
   * any more: the schema was restored to before it was loaded, and its handoffs go on.
   */
  async load(tx: Transaction, versions: readonly number[]): Promise<{ current: PolicyVersion; policyOf: (version: number) => Policy }> {
    const rows = await tx.rows<PolicyRow>(
      `SELECT version, document FROM policies WHERE tenant = $1
       AND version = ANY (ARRAY(SELECT max(version) FROM policies WHERE tenant = $1) || $2::int[]) AND version <> ALL ($3::int[])`,
      [DEFAULT_TENANT, versions, [...this.read.keys()]],
    );
    for (const { version, document } of rows) this.read.set(version, document);
    const current = newestOf(this.read);
    for (const version of versions) if (!this.read.has(version)) this.warnOnce(version, current.version);
    return { current, policyOf: (version) => this.read.get(version) ?? current.policy };
  }

  private warnOnce(missing: number, instead: number): void {
    if (this.missed.has(missing)) return;
    this.missed.add(missing);
    const what = `Policy version ${missing} is not in the table "policies"; handoffs that began by it go on by version ${instead}. Restore that row if they must not.`;
    this.log.warn({ policy_version: missing }, what);
  }
}

function newestOf(read: ReadonlyMap<number, Policy>): PolicyVersion {
  const version = Math.max(...read.keys());
  const policy = read.get(version);
  if (!policy) throw new Error('No policy was ever kept; PolicyKeeper keeps one before anything is consumed.');
  return { version, policy };
}
