import { BenchUsageError, wholeNumber } from '../options.js';

export interface ClockOptions {
  readonly isJson: boolean;
  /** Clocks that fall due in a measured run, spread evenly over `within` seconds. */
  readonly due: number;
  readonly within: number;
  /** Clocks that are armed beside them, and not due. */
  readonly armed: number;
  /** Clocks that an outage leaves overdue. */
  readonly backlog: number;
  /** How many replicas then share the work, one run after the other. */
  readonly replicas: readonly number[];
  /** Keeps the result in docs/BENCH.md. */
  readonly writes: boolean;
}

const USUAL: ClockOptions = {
  isJson: false,
  due: 10_000,
  within: 60,
  armed: 1_000_000,
  backlog: 100_000,
  replicas: [2, 4],
  writes: false,
};

export function readClockOptions(args: readonly string[]): ClockOptions {
  let options = USUAL;
  const rest = args.flatMap((arg) => (arg.startsWith('--') ? arg.split('=', 2) : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) options = { ...options, ...read(arg, () => rest.shift() ?? '') };
  return options;
}

function read(arg: string, next: () => string): Partial<ClockOptions> {
  switch (arg) {
    case '--json':
      return { isJson: true };
    case '--write':
      return { writes: true };
    case '--due':
    case '--within':
    case '--armed':
    case '--backlog':
      return { [arg.slice(2)]: wholeNumber(arg, next()) };
    case '--replicas':
      return {
        replicas: next()
          .split(',')
          .map((count) => wholeNumber(arg, count)),
      };
    default:
      throw new BenchUsageError(`"${arg}" is not known here.`);
  }
}
