import { Transactions, type Transaction } from '@handoff/bus';
import { EachSecond, LOGGER, type Logger } from '@handoff/runtime';
import type { ObjectStore } from '@handoff/objects';
import { Inject, Injectable } from '@nestjs/common';
import { ObjectStoreError } from '../intake.errors.js';
import { ObjectRows } from '../store/object-rows.js';
import { Objects } from './objects.js';

/** Removes objects whose time is over, and what is left of those that were not written to their end. */
@Injectable()
export class ObjectKeeper extends EachSecond {
  constructor(
    @Inject(Transactions) transactions: Transactions,
    @Inject(ObjectRows) private readonly rows: ObjectRows,
    @Inject(Objects) private readonly objects: Objects,
    @Inject(LOGGER) private readonly told: Logger,
  ) {
    super(transactions, told, 'Objects could not be removed');
  }

  protected async take(tx: Transaction, limit: number): Promise<number> {
    const store = await this.objects.store();
    if (store === null) return 0;
    const names = await this.rows.over(tx, limit);
    const gone = await this.removed(store, names);
    await this.rows.forget(tx, gone);
    return gone.length;
  }

  /** One that cannot be removed keeps no other. */
  private async removed(store: ObjectStore, names: readonly string[]): Promise<readonly string[]> {
    const gone: string[] = [];
    for (const name of names) {
      try {
        await store.remove(name);
        gone.push(name);
      } catch (error) {
        this.told.warn({ err: new ObjectStoreError(error), object: name }, 'An object could not be removed; trying again in a second');
      }
    }
    return gone;
  }
}
