import type { Json, JsonObject } from '@handoff/contracts';
import type { PolicyEnd, PolicyLevel, PolicyTarget } from '../api/use-policy.js';
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
  const parts = partsOf(match);
  return parts.length === 0 ? 'Everything that no rule before it matches' : `Where ${parts.join(', and ')}`;
}

const partsOf = (match: JsonObject): readonly string[] =>
  Object.entries(match).flatMap(([field, value]) => (value === null ? [] : [partWords(field, value)]));

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
    people ? `of them ${people.join(', ')}` : '',
    skills ? `with ${skills.join(' and ')}` : '',
    ask ? `the ${ask === 1 ? 'one' : ask} with the least to do` : '',
  ];
  return [`team ${team}`, ...more.filter(Boolean)].join(', ');
}

/** By which channels and when, how long, how often: one sentence each. */
export function levelWords({ decide_within, ack_within, ladder, answers_needed, repeat, skip_if }: PolicyLevel): readonly string[] {
  return [
    `To be decided ${within(decide_within, 'within its SLA')}, acknowledged ${within(ack_within, 'in the usual time of its class')}`,
    ladder.map(rungWords).join(', '),
    answers_needed > 1 ? `${answers_needed} must agree` : '',
    repeat > 0 ? `Asked again ${repeat === 1 ? 'once' : `${repeat} times`}` : '',
    skip_if ? `Passed over ${skipWords(skip_if)}` : '',
  ].filter(Boolean);
}

function skipWords({ off_hours, ...match }: JsonObject): string {
  const where = partsOf(match).join(', and ');
  const when = off_hours ? `outside the hours of ${String(off_hours)}` : '';
  return [when, where && `where ${where}`].filter(Boolean).join(', ');
}

const within = (seconds: number | null, usual: string): string => (seconds === null ? usual : `within ${formatSpan(seconds)}`);

const rungWords = ({ channel, after_seconds: after, mandatory }: PolicyLevel['ladder'][number]): string =>
  `${channelWords(channel)} ${after === 0 ? 'at once' : `after ${formatSpan(after)}`}${mandatory ? ' (not to be muted)' : ''}`;

const HELD = 'It is held, and the fallback is paged: nothing is decided by silence';

/** What becomes of it where nobody answers at any level. */
export function endWords({ do: what, actions = [] }: PolicyEnd): string {
  switch (what) {
    case 'hold_and_page':
      return HELD;
    case 'reject':
      return 'It is rejected';
    case 'approve':
      return `It is approved where the action is ${actions.join(' or ')}; else it is held, and the fallback is paged`;
    default:
      return what; // of a newer release than this page
  }
}
