import { Gatherer, Transactions, type Transaction } from '@handoff/bus';
import { deriveId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { DeskRow } from './desk-views.js';
import type { SignedIn } from './sessions.js';

export interface Seen {
  readonly row: Pick<DeskRow, 'tenant' | 'handoff_id' | 'packet_version'>;
  readonly who: SignedIn;
}

/** A page asks again with each change; what this process has kept already is not asked of the database again. */
const MOST_KNOWN = 10_000;

/** Who has had which version of a handoff open, in the audit log: once per person and version. */
@Injectable()
export class SeenRecorder {
  private readonly known = new Set<string>();
  private readonly turns = new Gatherer<Seen>(async (all) => {
    await this.transactions.run((tx) => keepSeen(tx, all));
    return all.map(() => () => undefined);
  });

  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  async record(seen: Seen): Promise<void> {
    const id = idOf(seen);
    if (this.known.has(id)) return;
    await this.turns.add(seen);
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.add(id);
  }
}

const idOf = ({ row, who }: Seen): string => deriveId('seen', row.handoff_id, row.packet_version, who.person.subject);

async function keepSeen(tx: Transaction, all: readonly Seen[]): Promise<void> {
  await tx.rows(
    `INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details, channel, address)
     SELECT id, handoff_now(), tenant, subject, 'seen', handoff_id, jsonb_build_object('packet_version', version), 'desk', address
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int[], $6::text[]) AS it (id, tenant, subject, handoff_id, version, address)
     ON CONFLICT (id) DO NOTHING`,
    [
      all.map(idOf),
      all.map(({ row }) => row.tenant),
      all.map(({ who }) => who.person.subject),
      all.map(({ row }) => row.handoff_id),
      all.map(({ row }) => row.packet_version),
      all.map(({ who }) => who.address ?? null),
    ],
  );
}
