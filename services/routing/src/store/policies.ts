import type { Transaction } from '@handoff/bus';
import { DEFAULT_TENANT } from '@handoff/contracts';
import { Injectable } from '@nestjs/common';
import type { Policy, PolicyVersion } from '../domain/policy.js';
import { PolicyVersionMissingError } from '../routing.errors.js';

interface PolicyRow {
  readonly version: number;
  readonly document: Policy;
}

/** Policy versions as rows. A version never changes, so what was read once is kept. */
@Injectable()
export class Policies {
  private readonly read = new Map<number, Policy>();

  /** The newest version, whichever replica loaded it, and those that the handoffs at hand run by. */
  async load(tx: Transaction, versions: readonly number[]): Promise<{ current: PolicyVersion; policyOf: (version: number) => Policy }> {
    const rows = await tx.rows<PolicyRow>(
      `SELECT version, document FROM policies WHERE tenant = $1
       AND version = ANY (ARRAY(SELECT max(version) FROM policies WHERE tenant = $1) || $2::int[]) AND version <> ALL ($3::int[])`,
      [DEFAULT_TENANT, versions, [...this.read.keys()]],
    );
    for (const { version, document } of rows) this.read.set(version, document);
    const newest = Math.max(...this.read.keys());
    return { current: { version: newest, policy: this.policyOf(newest) }, policyOf: (version) => this.policyOf(version) };
  }

  private policyOf(version: number): Policy {
    const policy = this.read.get(version);
    if (!policy) throw new PolicyVersionMissingError(version);
    return policy;
  }
}
