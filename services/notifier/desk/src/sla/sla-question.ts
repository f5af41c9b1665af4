export const SLA_KEYS = ['urgency', 'team', 'level', 'agent', 'week'] as const;
export type SlaKey = (typeof SLA_KEYS)[number];

export const RANGES = ['7', '28', '91', '365'] as const;

/** What is asked, as the page's address keeps it. */
export interface SlaQuestion {
  readonly by: SlaKey;
  /** Within each of those; empty for nothing more. */
  readonly and: SlaKey | '';
  /** The last so many days, today among them; empty where the dates say it. */
  readonly days: (typeof RANGES)[number] | '';
  /** First and last day, as a date field has them, in the reader's zone. */
  readonly from: string;
  readonly until: string;
}

export const USUAL: SlaQuestion = { by: 'urgency', and: '', days: '28', from: '', until: '' };

const among = <Word extends string>(words: readonly Word[], text: string | null): Word | undefined => words.find((it) => it === text);

export function questionOf(query: URLSearchParams): SlaQuestion {
  const by = among(SLA_KEYS, query.get('by')) ?? USUAL.by;
  const and = among(SLA_KEYS, query.get('and')) ?? '';
  const [from, until] = [query.get('from') ?? '', query.get('until') ?? ''];
  const days = among(RANGES, query.get('days')) ?? (from === '' && until === '' ? USUAL.days : '');
  return { by, and: and === by ? '' : and, days, from, until };
}

/** Without what is left open. */
export const queryOf = (question: SlaQuestion): URLSearchParams =>
  new URLSearchParams(Object.entries(question).filter(([, text]) => text !== ''));

/** As sla-monitor is asked: whole days of the reader's, as instants; until the end of the last one. */
export function reportQuery({ by, and, days, from, until }: SlaQuestion, now: Date): URLSearchParams {
  const span =
    days === '' ? { from: dayOf(from), until: dayOf(until, 1) } : { from: dayBeside(now, 1 - Number(days)), until: dayBeside(now, 1) };
  const instants = Object.entries(span).flatMap(([name, at]) => (at ? [[name, at.toISOString()]] : []));
  return new URLSearchParams([['by', and === '' ? by : `${by},${and}`], ...instants]);
}

/** Midnight so many days beside the one that an instant is in. */
const dayBeside = (at: Date, days: number): Date => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);

function dayOf(field: string, more = 0): Date | null {
  const [year, month, day] = field.split('-').map(Number);
  return year && month && day ? new Date(year, month - 1, day + more) : null;
}
