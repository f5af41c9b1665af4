import type { Target } from './cases.js';
import type { Block } from './trait.js';

/** How freely the effects of a block may differ from none: the standard deviation of their prior, in log-odds. */
export type Spreads = Readonly<Partial<Record<Block, number>>>;

/** Members are fitted apart and their log-odds averaged: what one overstates, the others do not. */
export interface Recipe {
  readonly name: string;
  readonly members: readonly Spreads[];
}

const WHO: Spreads = { who: 0.3, where: 0.4, own: 0.3 };
const PATH: Spreads = { ...WHO, path: 0.15, order: 0.12, signs: 0.1 };

/** The table of rates by agent and domain, pooled: what anything more has to beat. */
export const WHO_ALONE: Recipe = { name: 'who', members: [WHO] };

/**
 * Fixed, and not chosen anew with each training: between recipes that differ by a hundredth, a choice by a few dozen groups is a draw
 * of lots, and cost more than it won where it was tried. See docs/decisions/0061-recipes-are-fixed.md.
 */
export const RECIPES: Readonly<Record<Target, Recipe>> = {
  fails_alone: { name: 'who, and the words of the action', members: [WHO, { ...WHO, words_action: 1.5 }] },
  action_wrong: {
    name: 'who, the path, the agent’s words and those of the action',
    members: [WHO, PATH, { ...WHO, words_agent: 0.7 }, { ...WHO, words_action: 0.7 }],
  },
};
