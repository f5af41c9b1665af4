import { Transactions } from '@handoff/bus';
import { LOGGER, type Background, type Logger } from '@handoff/runtime';
import { isConnectionFault } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { AgentRegister } from './store/agent-register.js';

const LOOK_EVERY_MS = 1000;
const AT_ONCE = 200;

/** Looks each second whether an agent has not been heard of for too long. */
@Injectable()
export class SilentAgentsPoller implements Background {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(AgentRegister) private readonly register: AgentRegister,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.look());
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.working;
  }

  private async look(): Promise<void> {
    try {
      while ((await this.transactions.run((tx) => this.register.lapse(tx, AT_ONCE))) === AT_ONCE);
    } catch (error) {
      this.log[isConnectionFault(error) ? 'debug' : 'warn'](
        { err: error },
        'Silent agents could not be looked for; trying again in a second',
      );
    }
  }
}
