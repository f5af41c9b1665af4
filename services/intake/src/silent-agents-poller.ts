import { Transactions, type Transaction } from '@handoff/bus';
import { EachSecond, LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AgentRegister } from './store/agent-register.js';

/** Looks each second whether an agent has not been heard of for too long. */
@Injectable()
export class SilentAgentsPoller extends EachSecond {
  constructor(
    @Inject(Transactions) transactions: Transactions,
    @Inject(AgentRegister) private readonly register: AgentRegister,
    @Inject(LOGGER) log: Logger,
  ) {
    super(transactions, log, 'Silent agents could not be looked for');
  }

  protected take(tx: Transaction, limit: number): Promise<number> {
    return this.register.lapse(tx, limit);
  }
}
