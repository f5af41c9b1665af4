import { FAULTS } from './faults/index.js';
import type { Fault } from './faults/fault.js';
import { FaultsUsageError } from './site/errors.js';

export interface FaultsOptions {
  readonly faults: readonly Fault[];
  readonly isFull: boolean;
  readonly isJson: boolean;
  readonly isList: boolean;
  /** Leaves logs and data where they are. */
  readonly keeps: boolean;
  readonly seed: number;
  /** Handoffs begun per second. */
  readonly rate: number;
  /** The full run goes on until it has had as many. */
  readonly handoffs: number;
  /** How often each fault is injected; null: as often as the run has it. */
  readonly times: number | null;
  /** Nothing more is injected after that; what was is checked as ever. Null: no end. */
  readonly minutes: number | null;
}

type Mutable = { -readonly [Field in keyof FaultsOptions]: FaultsOptions[Field] };

export function readOptions(args: readonly string[]): FaultsOptions {
  const seed = Date.now() % 1_000_000;
  const options: Mutable = {
    faults: [],
    isFull: false,
    isJson: false,
    isList: false,
    keeps: false,
    seed,
    rate: 5,
    handoffs: 100_000,
    times: null,
    minutes: null,
  };
  let only: readonly string[] | null = null;
  const rest = args.flatMap((arg) => (arg.startsWith('--') ? arg.split('=', 2) : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') options.isJson = true;
    else if (arg === '--full') options.isFull = true;
    else if (arg === '--list') options.isList = true;
    else if (arg === '--keep') options.keeps = true;
    else if (arg === '--only') only = (rest.shift() ?? '').split(',');
    else if (arg === '--seed') options.seed = wholeNumber(arg, rest.shift());
    else if (arg === '--rate') options.rate = wholeNumber(arg, rest.shift());
    else if (arg === '--handoffs') options.handoffs = wholeNumber(arg, rest.shift());
    else if (arg === '--times') options.times = wholeNumber(arg, rest.shift());
    else if (arg === '--minutes') options.minutes = wholeNumber(arg, rest.shift());
    else throw new FaultsUsageError(`"${arg}" is not known here.`);
  }
  return { ...options, faults: only ? only.map(faultCalled) : FAULTS.filter(({ short, full }) => (options.isFull ? full : short) > 0) };
}

function faultCalled(name: string): Fault {
  const fault = FAULTS.find((it) => it.name === name);
  if (!fault) throw new FaultsUsageError(`There is no fault "${name}"; there are ${FAULTS.map((it) => it.name).join(', ')}.`);
  return fault;
}

function wholeNumber(name: string, text = ''): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new FaultsUsageError(`${name} takes a whole number from 1, and this is "${text}".`);
  return Number(text);
}
