import { Transactions } from '@handoff/bus';
import { newId } from '@handoff/contracts';
import { openObjects, type ObjectStore } from '@handoff/objects';
import { LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Overfull } from '../domain/too-many-bytes.js';
import { IntakeConfig } from '../intake.config.js';
import { LostObjectError, ObjectStoreError } from '../intake.errors.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { ObjectRows, type BegunObject } from '../store/object-rows.js';
import { Vault } from '../store/vault.js';
import { checked, tooLarge, WrongBytes } from './checked.js';
import { objectPlaces } from './object-places.js';
import { openFrames, sealFrames } from './frames.js';

/** What an agent sends to be stored. */
export interface Upload {
  readonly sha256: string;
  readonly bytes: Readable;
  /** As its sender says; null where it does not. No more than that comes. */
  readonly size: number | null;
}

export type Put = { readonly kind: 'stored'; readonly size: number } | ({ readonly kind: 'full' } & Overfull);

export interface ReadObject {
  readonly size: number;
  readonly bytes: Readable;
}

/** What is too large for a packet: it goes through, and is never held as a whole. */
@Injectable()
export class Objects {
  private opened: Promise<ObjectStore | null> | null = null;

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ObjectRows) private readonly rows: ObjectRows,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(IntakeConfig) private readonly config: IntakeConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Null where they are turned off. */
  store(): Promise<ObjectStore | null> {
    this.opened ??= openObjects(objectPlaces(this.config));
    return this.opened;
  }

  /**
   * Returns once all of it is stored.
   * @throws WrongBytes where it is not what was announced; nothing is kept of it then
   */
  async put(store: ObjectStore, agent: CallingAgent, { sha256, bytes, size: declared }: Upload): Promise<Put> {
    const room = this.config.OBJECT_AGENT_BYTES;
    const largest = room > 0 ? Math.min(room, this.config.OBJECT_MAX_BYTES) : this.config.OBJECT_MAX_BYTES;
    if (declared !== null && declared > largest) throw tooLarge(largest);
    const begun = { name: newId(), sha256, most: declared ?? largest };
    const used = await this.transactions.run((tx) => this.rows.begin(tx, agent, begun));
    if (used !== null) return { kind: 'full', room, ...used, most: begun.most };
    return { kind: 'stored', size: await this.write(store, begun, bytes) };
  }

  private async write(store: ObjectStore, { name, sha256, most }: BegunObject, bytes: Readable): Promise<number> {
    let size = 0;
    try {
      const judged = checked(bytes, sha256, most, (all) => (size = all));
      await store.write(name, asStream(sealFrames(this.vault, name, judged)));
    } catch (error) {
      await this.giveUp(store, name);
      if (error instanceof WrongBytes || bytes.errored) throw error; // where the agent is gone, nothing is wrong with the store
      this.failed(error);
    }
    if (await this.transactions.run((tx) => this.rows.stored(tx, name, size))) return size;
    throw new LostObjectError(sha256); // it took longer than an upload may
  }

  /** What cannot be removed now is over now: the keeper tries until it is gone. */
  private async giveUp(store: ObjectStore, name: string): Promise<void> {
    await this.transactions.run((tx) => this.rows.giveUp(tx, name));
    await store.remove(name).then(
      () => this.transactions.run((tx) => this.rows.forget(tx, [name])),
      () => undefined,
    );
  }

  private failed(cause: unknown): never {
    const error = new ObjectStoreError(cause);
    this.log.warn({ err: error }, 'The object store failed');
    throw error;
  }

  /** Null where this agent has none of that checksum, and was handed none. The stream breaks where the bytes are not those. */
  async read(store: ObjectStore, agent: CallingAgent, sha256: string): Promise<ReadObject | null> {
    const [found] = await this.transactions.run((tx) => this.rows.of(tx, agent, [sha256]));
    if (!found) return null;
    const sealed = await store.read(found.name).catch((error: unknown) => this.failed(error));
    if (!sealed) throw new LostObjectError(sha256);
    return { size: found.size, bytes: asStream(checked(openFrames(this.vault, found.name, sealed), sha256, found.size)) };
  }
}

const asStream = (bytes: AsyncIterable<Uint8Array>): Readable => Readable.from(bytes, { objectMode: false });
