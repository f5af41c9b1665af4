import type { Json, JsonObject } from '@handoff/contracts';
import type { PolicyLevel, PolicyTarget } from '../api/use-policy.js';
import { REASON_WORDS, URGENCY_WORDS } from '../handoff/handoff-words.js';
import { previewJson } from '../json/describe-json.js';
import { channelWords } from '../mine/channel-words.js';
import { formatSpan } from '../time/format-span.js';

const MOST_CHARACTERS = 200;

const FIELD_WORDS: Readonly<Record<string, string>> = {
  reason_code: 'the reason',
  tags: 'a tag',
  agent: 'the agent',
  kind: 'the kind',
  urgency: 'the urgency',
  tenant: 'the tenant',
};
const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = { reason_code: REASON_WORDS, urgency: URGENCY_WORDS };

/** What a rule is for, as one sentence. */
export function matchWords(match: JsonObject): string {
  const parts = Object.entries(match).flatMap(([field, value]) => (value === null ? [] : [partWords(field, value)]));
  return parts.length === 0 ? 'Everything that no rule before it matches' : `Where ${parts.join(', and ')}`;
}

function partWords(field: string, value: Json): string {
  if (field === 'amount' && typeof value === 'object' && value !== null && !Array.isArray(value)) return amountWords(value as JsonObject);
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const words = values.map((it) => (typeof it === 'string' ? (VALUE_WORDS[field]?.[it] ?? it) : previewJson(it, MOST_CHARACTERS)));
  return `${FIELD_WORDS[field] ?? field} is ${words.join(' or ')}`;
}

function amountWords({ unit, over, up_to }: JsonObject): string {
  const bounds = [over === undefined || over === null ? '' : `over ${over}`, up_to === undefined || up_to === null ? '' : `up to ${up_to}`];
  return `the amount is ${bounds.filter(Boolean).join(' and ')} ${String(unit ?? '')}`.trim();
}

/** Whom a level asks. */
export function targetWords({ team, people, skills, ask }: PolicyTarget): string {
  const more = [
    people?.length ? `of them ${people.join(', ')}` : '',
    skills?.length ? `with ${skills.join(' and ')}` : '',
    ask === undefined || ask === null
      ? ''
      : `asked: ${typeof ask === 'string' ? ask.replaceAll('_', ' ') : previewJson(ask as Json, MOST_CHARACTERS)}`, // as it came over the wire
  ];
  return [`team ${team}`, ...more.filter(Boolean)].join(', ');
}

/** By which channels and when, how long, how often: one sentence each. */
export function levelWords(level: PolicyLevel): readonly string[] {
  const { decide_within, ack_within, ladder, answers_needed, repeat, skip_if } = level;
  return [
    `To be decided ${withinWords(decide_within)}, acknowledged ${withinWords(ack_within)}`,
    ladder.map(rungWords).join(', '),
    (answers_needed ?? 1) > 1 ? `${answers_needed} must agree` : '',
    repeat > 0 ? `Asked again ${repeat === 1 ? 'once' : `${repeat} times`}` : '',
    skip_if === undefined || skip_if === null ? '' : `Skipped if ${previewJson(skip_if as Json, MOST_CHARACTERS)}`, // as it came over the wire
  ].filter(Boolean);
}

const withinWords = (seconds: number | null): string => (seconds === null ? 'within the time of its SLA' : `within ${formatSpan(seconds)}`);

const rungWords = ({ channel, after, mandatory }: PolicyLevel['ladder'][number]): string =>
  `${channelWords(channel)} ${after === 0 ? 'at once' : `after ${formatSpan(after)}`}${mandatory ? ' (not to be muted)' : ''}`;

const END_WORDS: Readonly<Record<string, string>> = {
  hold_and_page: 'It is held, and the fallback is paged: nothing is decided by silence',
  reject: 'It is rejected',
};

/** What becomes of it where nobody answers at any level. */
export function endWords(end: unknown): string {
  if (end === null || end === undefined) return END_WORDS['hold_and_page'] ?? '';
  return typeof end === 'string' ? (END_WORDS[end] ?? end.replaceAll('_', ' ')) : previewJson(end as Json, MOST_CHARACTERS); // as it came over the wire
}
