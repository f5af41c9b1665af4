import { LOGGER, type Background, type Logger } from '@handoff/runtime';
import { isConnectionFault, rows } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IntakeConfig } from './intake.config.js';
import { handoffsUnrouted } from './intake.metrics.js';

const LOOK_EVERY_MS = 10_000;

/** Counts what was accepted and never routed: the door's own check that nothing it let in is lost behind it. */
@Injectable()
export class UnroutedAuditor implements Background {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(IntakeConfig) private readonly config: IntakeConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    await this.look();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }

  async look(): Promise<void> {
    try {
      handoffsUnrouted.set(await this.count());
    } catch (error) {
      this.log[isConnectionFault(error) ? 'debug' : 'warn'](
        { err: error },
        'Could not count unrouted handoffs; counting again in 10 seconds',
      );
    }
  }

  private async count(): Promise<number> {
    // In a sub-select the clock is read once, and the index on accepted_at serves.
    const [row] = await rows<{ unrouted: number }>(
      this.source.manager,
      `SELECT count(*)::int AS unrouted FROM handoffs
       WHERE routed_at IS NULL AND ended_at IS NULL AND accepted_at < (SELECT handoff_now() - make_interval(secs => $1))`,
      [this.config.UNROUTED_AFTER_SECONDS],
    );
    return row?.unrouted ?? 0;
  }
}
