import { parseArgs } from 'node:util';
import { PATIENCE } from './one-call.js';
import type { Door } from './server.js';

export const USAGE = `handoff-mcp                                stdio, with HANDOFF_KEY
handoff-mcp --http 4140 [--host 127.0.0.1]  streamable HTTP at /mcp; each request brings its agent's key
HANDOFF_URL               where intake listens; http://127.0.0.1:4100
HANDOFF_PATIENCE_SECONDS  how long a call goes on while nothing answers; ${PATIENCE}`;

export type Settings =
  | { readonly kind: 'stdio'; readonly door: Door }
  | { readonly kind: 'http'; readonly door: Omit<Door, 'key'>; readonly host: string; readonly port: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly faults: readonly string[] };

type Environment = Readonly<Partial<Record<string, string>>>;

/** What it is started with, or everything that is wrong with that at once. */
export function readSettings(args: readonly string[], env: Environment): Settings {
  const { help, http, host } = readArguments(args);
  if (help === true) return { kind: 'help' };
  if (typeof help === 'string') return { kind: 'wrong', faults: [help] };
  const { HANDOFF_URL: url = 'http://127.0.0.1:4100', HANDOFF_KEY: key = '' } = env;
  const patience = Number(env['HANDOFF_PATIENCE_SECONDS'] ?? PATIENCE);
  const port = Number(http);
  const faults = [
    ...(/^https?:/.test(url) && URL.canParse(url)
      ? []
      : [`HANDOFF_URL is "${url}"; it must be where intake listens, such as http://127.0.0.1:4100.`]),
    ...(patience > 0 ? [] : [`HANDOFF_PATIENCE_SECONDS is "${env['HANDOFF_PATIENCE_SECONDS']}"; it must be a number above 0.`]),
    ...(http === undefined && !/^hk_[!-~]+$/.test(key)
      ? ['HANDOFF_KEY must be an agent\'s key, hk_…, as "npm run agent-key -- add" prints it.']
      : []),
    ...(http === undefined || (Number.isInteger(port) && port >= 0 && port < 65_536) ? [] : [`--http is "${http}"; it must be a port.`]),
  ];
  if (faults.length > 0) return { kind: 'wrong', faults };
  return http === undefined ? { kind: 'stdio', door: { url, key, patience } } : { kind: 'http', door: { url, patience }, host, port };
}

interface Arguments {
  /** Asked for, or what is wrong. */
  readonly help: boolean | string;
  readonly http?: string | undefined;
  readonly host: string;
}

function readArguments(args: readonly string[]): Arguments {
  const options = {
    http: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return { help: (error as Error).message, host: '' }; // parseArgs names what it does not know
  }
}
