import { Transactions, type Transaction } from '@handoff/bus';
import { EachSecond, LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { link } from './consumers/take-outcomes.js';
import { endWaiting, findLinks, findWaiting } from './store/outcomes.js';

/** Looks whether what outcomes are about has come, and after a minute takes it that nobody was asked. */
@Injectable()
export class WaitingOutcomesPoller extends EachSecond {
  constructor(@Inject(Transactions) transactions: Transactions, @Inject(LOGGER) log: Logger) {
    super(transactions, log, 'Outcomes that wait could not be looked at');
  }

  protected async take(tx: Transaction, limit: number): Promise<number> {
    const waiting = await findWaiting(tx, limit);
    if (waiting.length === 0) return 0;
    const links = await findLinks(
      tx,
      waiting.map(({ outcome_id }) => outcome_id),
    );
    await link(tx, links);
    const linked = new Set(links.map(({ outcome_id }) => outcome_id));
    const isOver = (it: (typeof waiting)[number]): boolean => it.isOver || linked.has(it.outcome_id);
    await endWaiting(
      tx,
      waiting.filter(isOver).map(({ outcome_id }) => outcome_id),
      waiting.filter((it) => !isOver(it)).map(({ outcome_id }) => outcome_id),
    );
    return waiting.length;
  }
}
