import type { Service } from '@handoff/contracts';
import type { ListedDeadLetter, ShownDeadLetter } from './dead-letter-client.js';
import { showBytes, visibleLine } from './show-bytes.js';

const MESSAGE_LENGTH = 200;

/** One line: which, from where, since when, what was wrong, what became of it. */
export function describeLine(service: Service, letter: ListedDeadLetter): string {
  const { id, topic, partition, offset, died_at: diedAt, code, message } = letter;
  const where = `${topic}/${partition}/${offset}`;
  return visibleLine([id, service, where, diedAt, standingOf(letter), `${code}: ${message.slice(0, MESSAGE_LENGTH)}`].join('  '));
}

function standingOf({ state, attempts, replayed_at: at, attempted_by: by }: ListedDeadLetter): string {
  if (state !== 'waiting') return `${state} ${at ?? ''} by ${by ?? 'somebody'}`;
  return attempts === 0 ? 'waiting' : `waiting, failed again ${attempts}×`;
}

/** All of it, with bytes that anybody may have written made harmless. */
export function describeWhole(service: Service, letter: ShownDeadLetter): string {
  const key = letter.key_base64 === null ? 'none' : oneLine(letter.key_base64);
  const rows: readonly (readonly [string, string])[] = [
    ['id', letter.id],
    ['kept by', service],
    [
      'came from',
      `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}, written ${letter.record_at ?? 'at a time not kept'}`,
    ],
    ['died', letter.died_at],
    ['because', `${letter.code}: ${letter.message}`],
    ['standing', standingOf(letter)],
    ...(letter.last_error === null
      ? []
      : [['last replay', `${letter.attempted_at ?? ''} by ${letter.attempted_by ?? ''}: ${letter.last_error}`] as const]),
    ['key', key],
    ...letter.headers_base64.map(([name, value]) => ['header', `${name}: ${value === null ? '(no value)' : oneLine(value)}`] as const),
  ];
  const lines = rows.map(([name, value]) => `${name.padEnd(12)}${visibleLine(value)}`);
  return [...lines, ...valueLines(letter)].join('\n');
}

function valueLines({ value_base64: base64 }: ShownDeadLetter): readonly string[] {
  if (base64 === null) return ['value       none'];
  const bytes = Buffer.from(base64, 'base64');
  const { kind, text } = showBytes(bytes);
  return [`value       ${bytes.length} bytes, ${kind === 'text' ? 'text' : 'not UTF-8, in hex'}:`, text];
}

function oneLine(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const { kind, text } = showBytes(bytes);
  return kind === 'text' ? text : `0x${bytes.toString('hex')}`;
}
