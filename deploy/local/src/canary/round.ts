import type { HandoffId } from '@handoff/contracts';
import { STAGES, type Stage } from './stages.js';

/** One handoff of the canary's, and how far it has come. */
export class Round {
  handoffId: HandoffId | null = null;
  private readonly reachedAt = new Map<Stage, number>();

  constructor(
    readonly taskId: string,
    readonly begunAt: number,
  ) {}

  /** @returns seconds since the round began, where this is the first that is heard of the stage; else null */
  reach(stage: Stage, at: number): number | null {
    if (this.reachedAt.has(stage)) return null;
    this.reachedAt.set(stage, at);
    return (at - this.begunAt) / 1000;
  }

  /** The first stage that it has not come to: there the path is broken. Null where it has come round. */
  missing(): Stage | null {
    return STAGES.find((stage) => !this.reachedAt.has(stage)) ?? null;
  }
}
