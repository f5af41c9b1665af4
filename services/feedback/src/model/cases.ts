import type { JsonObject } from '@handoff/contracts';

/** The two questions that the model answers, each with a probability. */
export const TARGETS = ['fails_alone', 'action_wrong'] as const;
export type Target = (typeof TARGETS)[number];

/** What an agent knows as it must choose. No label is in it, so none can leak into a feature. */
export interface Moment {
  /** In its normal form, or a part of one. */
  readonly packet: JsonObject;
  readonly features: JsonObject;
}

/** What came of it: true, false, or null where it is not known or not asked. */
export type Truths = Readonly<Record<Target, boolean | null>>;

export interface Labels {
  readonly id: string;
  /** Cases of one group are near copies of each other: they stay on one side of every split. */
  readonly group: string;
  readonly truths: Truths;
  /** When, in milliseconds; left out where it is not known. */
  readonly at?: number;
  /** How far what is said to have come of it is to be believed; 1 where it is left out. */
  readonly weights?: Readonly<Partial<Record<Target, number>>>;
  /** Told by whoever did it, and borne out by nobody: it is learned from, and no model is judged by it. */
  readonly isHearsay?: boolean;
}

export const timeOf = (it: Labels | undefined): number => it?.at ?? 0;

export interface LearningCase extends Labels {
  readonly moment: Moment;
}
