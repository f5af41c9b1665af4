import { markdownTable } from 'markdown-table';
import type { Interval } from './bootstrap.js';
import { LOOK, type TargetFigures } from './report-figures.js';

/** What was found, as a page; the plots lie beside it. */
export const writeReport = (figures: readonly TargetFigures[], isOfModel: boolean): string => `# When to ask: how well it is told

<!-- written by npm run model -- report -->

${isOfModel ? OF_MODEL : OF_DATA} Intervals are 95 %, from drawing whole groups again: a group's cases are near copies of each other.

${figures.map(sectionOf).join('\n\n')}
`;

const OF_MODEL = 'A model, on cases that it has not learned from.';
const OF_DATA = `Each case is told by models that saw nothing of its group, as it would be of a task that is new. The recipes were compared on development data, so
that on such data these figures are a little better than elsewhere; so is calibration, whose two parameters are from the same cases.`;

const sectionOf = ({ target, metrics, ece_band, gain, log_loss, coverage, slices }: TargetFigures): string => `## ${target}

${markdownTable([
  ['cases', 'AUC', 'log-loss', 'Brier', 'ECE', 'ECE of a calibrated model, at most'],
  [String(metrics.n), fixed(metrics.auc, 3), intervalOf(log_loss), fixed(metrics.brier), fixed(metrics.ece, 3), fixed(ece_band, 3)],
])}

${gain ? `Log-loss less that of rates by agent and domain, pooled, on the same cases: ${intervalOf(gain)}; below 0 is better.` : ''}
${metrics.ece <= ece_band ? 'It is as well calibrated as can be told from so many cases.' : 'It is **less well calibrated** than chance alone explains, were cases independent.'}
At most a tenth of those that go on alone are wrong, in hindsight, while ${percent(aloneAtTenth(coverage))} do. At the best of all cuts, in hindsight, with a failure of 1 and a
look of ${LOOK}, a case costs ${fixed(Math.min(...coverage.map(({ cost }) => cost)))}.

![Reliability, risk and coverage, and cost](images/model-${target}.svg)

${markdownTable([
  ['slice', 'cases', 'came', 'said', 'AUC', 'log-loss'],
  ...slices.map((it) => [it.slice, String(it.n), fixed(it.came, 3), fixed(it.said, 3), fixed(it.auc, 3), fixed(it.log_loss)]),
])}`;

const aloneAtTenth = (coverage: TargetFigures['coverage']): number =>
  Math.max(0, ...coverage.filter(({ error }) => error <= 0.1).map(({ alone }) => alone));

const intervalOf = ({ mean, low, high }: Interval): string => `${fixed(mean)} (${fixed(low)} to ${fixed(high)})`;
const fixed = (value: number, digits = 4): string => value.toFixed(digits);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
