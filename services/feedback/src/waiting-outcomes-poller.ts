import { Transactions, type Transaction } from '@handoff/bus';
import { EachSecond, LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { link } from './consumers/take-outcomes.js';
import { drawAudits } from './draw-audits.js';
import { endWaiting, findLinks, findWaiting, type Waiting } from './store/outcomes.js';

/** Looks whether what outcomes are about has come. After a minute without, nobody was asked, and it is drawn for an audit. */
@Injectable()
export class WaitingOutcomesPoller extends EachSecond {
  constructor(@Inject(Transactions) transactions: Transactions, @Inject(LOGGER) log: Logger) {
    super(transactions, log, 'Outcomes that wait could not be looked at');
  }

  protected async take(tx: Transaction, limit: number): Promise<number> {
    const waiting = await findWaiting(tx, limit);
    if (waiting.length === 0) return 0;
    const links = await findLinks(tx, idsOf(waiting));
    await link(tx, links);
    const linked = new Set(links.map(({ outcome_id }) => outcome_id));
    const [over, others] = [
      waiting.filter((it) => it.isOver || linked.has(it.outcome_id)),
      waiting.filter((it) => !it.isOver && !linked.has(it.outcome_id)),
    ];
    await drawAudits(tx, idsOf(over.filter((it) => !it.isNamed && !linked.has(it.outcome_id))));
    await endWaiting(tx, idsOf(over), idsOf(others));
    return waiting.length;
  }
}

const idsOf = (waiting: readonly Waiting[]): readonly string[] => waiting.map(({ outcome_id }) => outcome_id);
