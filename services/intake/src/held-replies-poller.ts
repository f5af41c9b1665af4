import { Transactions, type Transaction } from '@handoff/bus';
import { EachSecond, LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { TakeReplies } from './store/take-replies.js';

/** Looks each second whether what held replies name has come. */
@Injectable()
export class HeldRepliesPoller extends EachSecond {
  constructor(
    @Inject(Transactions) transactions: Transactions,
    @Inject(TakeReplies) private readonly replies: TakeReplies,
    @Inject(LOGGER) log: Logger,
  ) {
    super(transactions, log, 'Held replies could not be taken');
  }

  protected take(tx: Transaction, limit: number): Promise<number> {
    return this.replies.takeHeld(tx, limit);
  }
}
