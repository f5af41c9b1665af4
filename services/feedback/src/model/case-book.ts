import type { Labels, LearningCase } from './cases.js';
import { describeMoment } from './describe-moment.js';
import { TraitBook } from './trait-book.js';
import type { SparseRow } from './vocabulary.js';

/** A case without the words that it was described from. */
export interface DescribedCase extends Labels {
  readonly row: SparseRow;
}

/** Cases as models learn from them: described once, whatever is learned and how often. */
export interface CaseBook {
  readonly book: TraitBook;
  readonly cases: readonly DescribedCase[];
}

/** Adds cases as they come; nothing of their text is held. */
export class CaseBookWriter implements CaseBook {
  readonly book = new TraitBook();
  readonly cases: DescribedCase[] = [];

  add({ moment, ...labels }: LearningCase): void {
    this.cases.push({ ...labels, row: this.book.write(describeMoment(moment)) });
  }
}

export function bookOf(cases: Iterable<LearningCase>): CaseBook {
  const writer = new CaseBookWriter();
  for (const it of cases) writer.add(it);
  return writer;
}
