import type { Transaction } from '@handoff/bus';
import {
  isJsonObject,
  NO_ENVELOPE,
  parseJson,
  readKept,
  type HandoffId,
  type JsonObject,
  type Packet,
  type TakenKind,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { StoredPacketError } from '../intake.errors.js';
import { packetName, Vault } from './vault.js';
import { unwrap } from '@handoff/bus';

export interface KeptPacket {
  readonly handoffId: HandoffId;
  readonly packetVersion: number;
  readonly bytes: Uint8Array;
  /** Of a delivery: the reply that it came in, which makes no second version when it is read again. */
  readonly requestId?: string | null;
}

interface PacketRow {
  readonly kind: TakenKind;
  readonly handoff_id: HandoffId;
  readonly packet_version: number;
  readonly sent: Buffer;
}

/** A packet as it was sent, read again. */
export interface ReadPacket {
  readonly packetVersion: number;
  readonly sent: JsonObject;
  readonly packet: Packet;
}

@Injectable()
export class Packets {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** Of one version the bytes that were sent are kept, whatever was put in their place while they were not here. */
  async keep(tx: Transaction, packets: readonly KeptPacket[]): Promise<void> {
    if (packets.length === 0) return;
    await tx.rows(
      `INSERT INTO packets (handoff_id, packet_version, sent, request_id) SELECT * FROM unnest($1::uuid[], $2::int[], $3::bytea[], $4::uuid[])
       ON CONFLICT (handoff_id, packet_version) DO UPDATE SET sent = excluded.sent, request_id = coalesce(excluded.request_id, packets.request_id)`,
      [
        packets.map(({ handoffId }) => handoffId),
        packets.map(({ packetVersion }) => packetVersion),
        packets.map(({ handoffId, packetVersion, bytes }) => this.vault.seal(bytes, packetName(handoffId, packetVersion))),
        packets.map(({ requestId }) => requestId ?? null),
      ],
    );
  }

  /** The newest of each handoff. */
  async newest(tx: Transaction, handoffIds: readonly HandoffId[]): Promise<ReadonlyMap<HandoffId, ReadPacket>> {
    const found = await tx.rows<PacketRow>(
      `SELECT DISTINCT ON (p.handoff_id) p.handoff_id, p.packet_version, p.sent, h.kind FROM packets p JOIN handoffs h USING (handoff_id)
       WHERE p.handoff_id = ANY($1::uuid[]) ORDER BY p.handoff_id, p.packet_version DESC`,
      [handoffIds],
    );
    return new Map(found.map((row) => [row.handoff_id, this.read(row)]));
  }

  /** The bytes of one version as they came; of the newest where none is named. */
  async bytesOf(
    tx: Transaction,
    handoffId: HandoffId,
    packetVersion: number | null,
  ): Promise<(KeptPacket & { readonly bytes: Buffer }) | null> {
    const [row] = await tx.rows<Omit<PacketRow, 'kind'>>(
      `SELECT handoff_id, packet_version, sent FROM packets WHERE handoff_id = $1 AND ($2::int IS NULL OR packet_version = $2)
       ORDER BY packet_version DESC LIMIT 1`,
      [handoffId, packetVersion],
    );
    return row ? { handoffId, packetVersion: row.packet_version, bytes: this.open(row) } : null;
  }

  private open({ handoff_id, packet_version, sent }: Omit<PacketRow, 'kind'>): Buffer {
    return this.vault.open(sent, packetName(handoff_id, packet_version));
  }

  private read(row: PacketRow): ReadPacket {
    const parsed = parseJson(this.open(row));
    const sent = parsed.kind === 'ok' ? unwrap(NO_ENVELOPE, parsed.value).data : null;
    const read = readKept(row.kind, sent);
    if (read.kind === 'faults' || !isJsonObject(sent)) {
      const faults = parsed.kind === 'faults' ? parsed.faults : read.kind === 'faults' ? read.faults : [];
      throw new StoredPacketError(row.handoff_id, row.packet_version, faults.map(({ message }) => message).join(' '));
    }
    return { packetVersion: row.packet_version, sent, packet: read.value };
  }
}
