import { askedAndAnswered } from './asked-and-answered.js';
import { dueInTime } from './due-in-time.js';
import { hearsAll } from './hears-all.js';
import { endsOnce, keepsItsWord } from './ends-once.js';
import { keepsItsPolicy, levelsInTurn, toldOnce } from './levels.js';
import { tellsWhatCameOfIt } from './outcomes.js';
import { oneOwner, takenOrReturned } from './one-owner.js';
import { everyChangeHasItsEvent, oneView } from './one-view.js';
import { nobodyIsAskedTooLate, somebodyIsTold, toldMeansTold, toldSoon } from './pages-in-time.js';
import type { Invariant, Seen, Violation } from './violation.js';

const INVARIANTS: readonly Invariant[] = [
  endsOnce,
  keepsItsWord,
  levelsInTurn,
  keepsItsPolicy,
  toldOnce,
  oneView,
  everyChangeHasItsEvent,
  nobodyIsAskedTooLate,
  toldMeansTold,
  somebodyIsTold,
  toldSoon,
  askedAndAnswered,
  oneOwner,
  takenOrReturned,
  dueInTime,
  hearsAll,
  tellsWhatCameOfIt,
];

export const checkHandoff = (seen: Seen): readonly Violation[] => INVARIANTS.flatMap((invariant) => invariant(seen));
