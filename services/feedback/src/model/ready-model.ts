import type { Moment } from './cases.js';
import type { Told } from './choose-advice.js';
import { describeMoment } from './describe-moment.js';
import { movedBy } from './moved-by.js';
import { targetModel, type ModelFile } from './model-file.js';
import { predictor } from './predict.js';
import { vouchedCut } from './risk-coverage.js';
import { domainSlice, FEWEST_OF_A_SLICE } from './slices.js';

/** A model with its columns by name, ready to answer. */
export interface ReadyModel {
  readonly version: string;
  /** @param mayRisk the share of wrong ones among those that go on alone that is worth a look */
  say(moment: Moment, domain: string, mayRisk: number): Told;
}

/** What recommends nothing has no action that could be wrong. */
const hasAction = ({ packet }: Moment): boolean => 'recommended_action' in packet;

/** @returns null for one that cannot say whether going on alone fails */
export function readyModel({ version, targets }: ModelFile): ReadyModel | null {
  const { fails_alone: fails, action_wrong: wrong } = targets;
  if (fails === null) return null;
  const sayFails = predictor(targetModel(fails));
  const sayWrong = wrong && predictor(targetModel(wrong));
  const because = movedBy(targetModel(fails));
  const seen = new Set(fails.slices.filter(({ n }) => n >= FEWEST_OF_A_SLICE).map(({ slice }) => slice));
  return {
    version,
    say(moment, domain, mayRisk) {
      const traits = describeMoment(moment);
      return {
        p_fails_alone: sayFails(traits),
        p_action_wrong: sayWrong && hasAction(moment) ? sayWrong(traits) : null,
        cut: seen.has(domainSlice(domain)) ? vouchedCut(fails.risk_coverage, mayRisk) : null,
        because: because(traits),
      };
    },
  };
}
