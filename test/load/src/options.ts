import { HandoffError } from '@handoff/contracts';

export interface BenchOptions {
  readonly isJson: boolean;
  /** Lifecycles kept in flight, one level after the other. */
  readonly concurrency: readonly number[];
  /** How long each level is measured, after its warm-up. */
  readonly seconds: number;
  /** Keeps the result as docs/BENCH.md and its plot. */
  readonly writes: boolean;
}

const USAGE = `Usage: npm run bench [-- --json] [--concurrency 1,32,256] [--seconds 10] [--write]
   or: npm run bench -- clocks [--json] [--due 10000] [--within 60] [--armed 1000000] [--backlog 100000] [--replicas 2,4] [--write]`;

export class BenchUsageError extends HandoffError {
  readonly code = 'USAGE';
  constructor(what: string) {
    super(`${what} ${USAGE}`);
  }
}

export function readOptions(args: readonly string[]): BenchOptions {
  const options = { isJson: false, concurrency: [1, 32, 256] as readonly number[], seconds: 10, writes: false };
  const rest = args.flatMap((arg) => (arg.startsWith('--') ? arg.split('=', 2) : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') options.isJson = true;
    else if (arg === '--write') options.writes = true;
    else if (arg === '--concurrency') options.concurrency = (rest.shift() ?? '').split(',').map((level) => wholeNumber(arg, level));
    else if (arg === '--seconds') options.seconds = wholeNumber(arg, rest.shift() ?? '');
    else throw new BenchUsageError(`"${arg}" is not known here.`);
  }
  return options;
}

export function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text.trim())) throw new BenchUsageError(`${name} takes whole numbers from 1, and this is "${text}".`);
  return Number(text);
}
