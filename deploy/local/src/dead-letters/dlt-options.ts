import { parseArgs } from 'node:util';
import { HandoffError, SERVICES, type Seconds, type Service } from '@handoff/contracts';

export const DLT_USAGE = `Usage: npm run dlt -- list   [filter] [--json]
       npm run dlt -- show   ID [--service NAME] [--json]
       npm run dlt -- replay ID… [--service NAME] [--json]
       npm run dlt -- replay [filter] --yes [--json]
       npm run dlt -- dismiss ID… or [filter] --yes: not to be replayed
Filter: --service NAME (repeatable), --topic NAME, --code CODE, --older-than 2h, --newer-than 30m, --state waiting|replayed|dismissed|all (list).
Services are looked for on this machine, or by INTAKE_URL, ROUTING_URL, SLA_MONITOR_URL, NOTIFIER_URL, FEEDBACK_URL;
SERVICE_TOKEN_SECRET is theirs; --as NAME is kept with what you replay or dismiss.`;

export class DltUsageError extends HandoffError {
  readonly code = 'DLT_USAGE';
  constructor(what: string) {
    super(`${what}\n${DLT_USAGE}`);
  }
}

const STATES = ['waiting', 'replayed', 'dismissed', 'all'] as const;
const VERBS = ['list', 'show', 'replay', 'dismiss'] as const;

export interface DltFilter {
  readonly state: (typeof STATES)[number];
  readonly topic: string | null;
  readonly code: string | null;
  readonly olderThan: Seconds | null;
  readonly newerThan: Seconds | null;
}

export interface DltOptions {
  readonly verb: (typeof VERBS)[number];
  readonly ids: readonly string[];
  readonly services: readonly Service[];
  readonly filter: DltFilter;
  readonly isConfirmed: boolean;
  readonly isJson: boolean;
  readonly as: string | null;
}

const OPTIONS = {
  service: { type: 'string', multiple: true },
  topic: { type: 'string' },
  code: { type: 'string' },
  'older-than': { type: 'string' },
  'newer-than': { type: 'string' },
  state: { type: 'string' },
  yes: { type: 'boolean' },
  json: { type: 'boolean' },
  as: { type: 'string' },
} as const;

/** @throws DltUsageError that says what is not understood */
export function readDltOptions(args: readonly string[]): DltOptions {
  const { values, positionals } = parsed(args);
  const [word, ...ids] = positionals;
  const verb = VERBS.find((it) => it === word);
  if (!verb) throw new DltUsageError(word ? `"${word}" is not known here.` : 'Say what to do.');
  const filter = {
    state: stateOf(values.state),
    topic: values.topic?.replace(/-dlt$/, '') ?? null,
    code: values.code ?? null,
    olderThan: durationOf(values['older-than']),
    newerThan: durationOf(values['newer-than']),
  };
  checkIds(verb, ids, filter, values.state);
  const services = (values.service ?? []).map(serviceOf);
  return {
    ...{ verb, ids, filter, services: services.length > 0 ? services : SERVICES },
    ...{ isConfirmed: values.yes === true, isJson: values.json === true, as: values.as ?? null },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new DltUsageError((error as Error).message);
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function checkIds(verb: DltOptions['verb'], ids: readonly string[], filter: DltFilter, state: string | undefined): void {
  const wrong = ids.find((id) => !UUID.test(id));
  if (wrong !== undefined) throw new DltUsageError(`"${wrong}" is no id of a dead letter.`);
  if (verb === 'list' && ids.length > 0) throw new DltUsageError('list takes no ids; show does.');
  if (verb === 'show' && ids.length !== 1) throw new DltUsageError('show takes one id.');
  if (verb !== 'list' && state !== undefined) throw new DltUsageError('--state goes with list.');
  const { topic, code, olderThan, newerThan } = filter;
  if (ids.length > 0 && [topic, code, olderThan, newerThan].some((it) => it !== null))
    throw new DltUsageError('Give ids or a filter, not both.');
}

function stateOf(text = 'waiting'): DltFilter['state'] {
  const state = STATES.find((it) => it === text);
  if (!state) throw new DltUsageError(`--state is one of ${STATES.join(', ')}.`);
  return state;
}

function serviceOf(text: string): Service {
  const service = SERVICES.find((it) => it === text);
  if (!service) throw new DltUsageError(`--service is one of ${SERVICES.join(', ')}.`);
  return service;
}

const UNITS: Readonly<Record<string, Seconds>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function durationOf(text: string | undefined): Seconds | null {
  if (text === undefined) return null;
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw new DltUsageError(`"${text}" is no age; write 30s, 15m, 2h or 7d.`);
  return Number(count) * (UNITS[unit] ?? 1);
}
