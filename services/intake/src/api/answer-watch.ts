import type { HandoffId } from '@handoff/contracts';
import type { Background, Logger } from '@handoff/runtime';
import { LOGGER } from '@handoff/runtime';
import { isConnectionFault, Listener, rows } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const LOOK_EVERY_MS = 1000;

interface Waiter {
  readonly handoffId: HandoffId;
  readonly after: number;
  readonly wake: () => void;
}

export interface Waiting {
  /** Resolves when there is something to act on, the time is over, or the service stops. */
  readonly over: Promise<void>;
  cancel(): void;
}

/**
 * All long-polls of this process, behind one query: at once for the handoffs that a notification names, and each second for all,
 * because a notification may be missed while the connection is away.
 */
@Injectable()
export class AnswerWatch implements Background {
  private readonly waiters = new Set<Waiter>();
  private timer: NodeJS.Timeout | null = null;
  private stopListening: () => void = () => undefined;
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.look([...this.waiters]), LOOK_EVERY_MS);
    this.stopListening = this.listener.onNotified((payload) => {
      const named = new Set(payload.split(' '));
      void this.look([...this.waiters].filter(({ handoffId }) => payload === '' || named.has(handoffId)));
    });
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    this.stopListening();
    for (const { wake } of this.waiters) wake();
  }

  /** @param after the sequence that the client has seen */
  wait(handoffId: HandoffId, after: number, seconds: number): Waiting {
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    const timeout = setTimeout(() => end(), seconds * 1000);
    const waiter: Waiter = { handoffId, after, wake: () => end() };
    if (this.stopped) end();
    else this.waiters.add(waiter);
    const forget = (): void => {
      clearTimeout(timeout);
      this.waiters.delete(waiter);
    };
    return { over: over.finally(forget), cancel: () => end() };
  }

  private async look(waiters: readonly Waiter[]): Promise<void> {
    if (waiters.length === 0) return;
    try {
      const due = await rows<{ at: string }>(
        this.source.manager,
        `SELECT w.at FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS w (handoff_id, after, at)
         JOIN handoffs h USING (handoff_id) WHERE h.act_sequence > w.after`,
        [waiters.map(({ handoffId }) => handoffId), waiters.map(({ after }) => after)],
      );
      for (const { at } of due) waiters[Number(at) - 1]?.wake();
    } catch (error) {
      // They look again in a second, and their own timeouts run on.
      this.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error, waiting: waiters.length }, 'Could not look for answers');
    }
  }
}
