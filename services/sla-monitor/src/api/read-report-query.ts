import { days, fault } from '@handoff/contracts';
import { instantIn, Problem, textIn, type Query } from '@handoff/runtime';
import { later } from '../domain/watch.js';
import { REPORT_KEYS, type ReportKey, type ReportRange } from '../domain/sla-report.js';

const MOST_DAYS = 400;
const USUAL_DAYS = 30;
const MOST_KEYS = 2;

/** Without bounds: the last thirty days. */
export function readReportQuery(query: Query, now: Date): ReportRange {
  const until = instantIn(query, 'until') ?? now;
  const from = instantIn(query, 'from') ?? later(until, -days(USUAL_DAYS));
  const by = keysIn(query);
  if (from >= until) throw Problem.invalid([fault('from', 'out_of_range', `from must be before until (${until.toISOString()}).`)]);
  if (later(from, days(MOST_DAYS)) < until)
    throw Problem.invalid([fault('from', 'out_of_range', `A report spans at most ${MOST_DAYS} days; ask for several.`)]);
  return { from, until, by };
}

function keysIn(query: Query): readonly ReportKey[] {
  const words = textIn(query, 'by')?.split(',') ?? [];
  const keys = REPORT_KEYS.filter((it) => words.includes(it)).toSorted((one, other) => words.indexOf(one) - words.indexOf(other));
  if (keys.length === words.length && keys.length <= MOST_KEYS) return keys;
  throw Problem.invalid([
    fault('by', 'not_allowed_value', `by must be up to ${MOST_KEYS} of ${REPORT_KEYS.join(', ')}, each once, with a comma between them.`),
  ]);
}
