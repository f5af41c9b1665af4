import type { Spent } from '@handoff/contracts';

/** What a task costs so far, as its agents read it. */
export interface SpentView {
  readonly total: number;
  readonly limit: number;
  readonly unit: string;
  /** More than it may. */
  readonly over: boolean;
}

export const spentView = ({ total, limit, unit }: Spent): SpentView => ({ total, limit, unit, over: total > limit });
