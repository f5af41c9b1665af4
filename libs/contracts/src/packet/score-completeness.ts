import type { Json } from '../json.js';
import type { Packet } from './packet.js';

export interface CompletenessWarning {
  readonly path: string;
  /** What the person will miss, and what the agent could send. */
  readonly message: string;
}

/** `score`: share of the checks that hold, 0 to 1. */
export interface Completeness {
  readonly score: number;
  readonly warnings: readonly CompletenessWarning[];
}

type Check = readonly [path: string, holds: (packet: Packet) => boolean, message: string];

/** What a person needs who is to decide. */
const OF_ASKING: readonly Check[] = [
  [
    'steps_completed',
    (p) => p.steps_completed.length > 0,
    'No step is listed: the person cannot see what was done. Send every step with its result.',
  ],
  [
    'current_state',
    (p) => p.current_state.text.trim() !== '' || p.current_state.value !== undefined,
    'The current state is empty: say where the work stands.',
  ],
  [
    'reason_for_escalation',
    (p) => p.reason_for_escalation.text.trim() !== '' || p.reason_for_escalation.code !== 'other',
    'The reason is empty and counts as "other": say why you stopped, and give a reason code.',
  ],
  [
    'recommended_action',
    (p) => p.recommended_action.kind !== 'none',
    'Nothing is recommended: the person starts from nothing. Name the action you would take.',
  ],
  [
    'data_links',
    (p) => p.data_links.length > 0 && p.data_links.every((it) => it.url.includes(':')),
    'No link names its data: send URLs or URNs of the records involved.',
  ],
  [
    'attempts',
    (p) => (p.attempts?.length ?? 0) > 0 || p.steps_completed.some((it) => it.status === 'failed'),
    'Nothing says what was tried and failed; the person may try it again.',
  ],
];

/** What an agent needs that is to do it, by the words of whoever gives it. */
const OF_GIVING: readonly Check[] = [
  [
    'context',
    (p) => p.current_state.text.trim() !== '' || p.current_state.value !== undefined,
    'The context is empty: say what the agent should know before it begins.',
  ],
  ['constraints', (p) => (p.delegation?.constraints.length ?? 0) > 0, 'No constraint is named: say what must, and what must not, be done.'],
  [
    'decision_rights',
    (p) => p.delegation?.decision_rights !== undefined,
    'Nothing says what the agent may decide by itself, and what it has to ask about.',
  ],
  ['due_by', (p) => p.delegation?.due_by !== undefined, 'Nothing says until when it is needed.'],
  ['output_schema', (p) => p.delegation?.output_schema !== undefined, 'The output has no form, so a delivery is checked by people alone.'],
];

/** What an agent needs that goes on with another's work. */
const OF_PASSING: readonly Check[] = [
  ['results', (p) => p.steps_completed.length > 0, 'No result is named: whoever takes it begins from nothing. Say what was done.'],
  ['remaining', (p) => (p.transfer?.remaining.length ?? 0) > 0, 'Nothing says what is still to be done.'],
  [
    'accumulated_state',
    (p) => p.transfer?.state.stored === true || !isEmpty(p.current_state.value),
    'The state is empty: send what you keep while you work.',
  ],
  ['constraints', (p) => (p.transfer?.constraints.length ?? 0) > 0, 'No constraint is named: say what must, and what must not, be done.'],
  [
    'decision_rights',
    (p) => p.transfer?.decision_rights !== undefined,
    'Nothing says what the agent may decide by itself, and what it has to ask about.',
  ],
];

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** How much of what whoever receives it needs is there. Nothing is refused for it; warnings go back with the acceptance. */
export function scoreCompleteness(packet: Packet): Completeness {
  const checks = packet.delegation ? OF_GIVING : packet.transfer ? OF_PASSING : OF_ASKING;
  const failing = checks.filter(([, holds]) => !holds(packet));
  return {
    score: Math.round((1 - failing.length / checks.length) * 100) / 100,
    warnings: failing.map(([path, , message]) => ({ path, message })),
  };
}
