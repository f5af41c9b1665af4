import { HandoffError } from '@handoff/contracts';

export interface CliOptions {
  readonly isOnce: boolean;
  readonly isJson: boolean;
  /** JSON Lines of packets to send instead of the samples. */
  readonly packets: string | null;
}

export class UsageError extends HandoffError {
  readonly code = 'USAGE';
  constructor(what: string) {
    super(`${what} Usage: npm start [-- --once [--json] [--packets FILE]]`);
  }
}

export function readOptions(args: readonly string[]): CliOptions {
  const rest = [...args];
  const options = { isOnce: false, isJson: false, packets: null as string | null };
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [name, inline] = arg.split('=', 2);
    if (name === '--once') options.isOnce = true;
    else if (name === '--json') options.isJson = true;
    else if (name === '--packets') options.packets = inline ?? rest.shift() ?? missing('--packets');
    else throw new UsageError(`"${arg}" is not known here.`);
  }
  if (!options.isOnce && (options.isJson || options.packets !== null)) throw new UsageError('--json and --packets go with --once.');
  return options;
}

function missing(name: string): never {
  throw new UsageError(`${name} needs a file.`);
}
