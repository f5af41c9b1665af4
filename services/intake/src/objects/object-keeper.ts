import { Transactions, type Transaction } from '@handoff/bus';
import { EachSecond, LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ObjectRows } from '../store/object-rows.js';
import { Objects } from './objects.js';

/** Removes objects whose time is over, and what is left of those that were not written to their end. */
@Injectable()
export class ObjectKeeper extends EachSecond {
  constructor(
    @Inject(Transactions) transactions: Transactions,
    @Inject(ObjectRows) private readonly rows: ObjectRows,
    @Inject(Objects) private readonly objects: Objects,
    @Inject(LOGGER) log: Logger,
  ) {
    super(transactions, log, 'Objects could not be removed');
  }

  protected async take(tx: Transaction, limit: number): Promise<number> {
    const store = await this.objects.store();
    if (store === null) return 0;
    const names = await this.rows.over(tx, limit);
    for (const name of names) await store.remove(name);
    await this.rows.forget(tx, names);
    return names.length;
  }
}
