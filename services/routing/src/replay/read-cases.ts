import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HandoffError, isJsonObject, type JsonObject } from '@handoff/contracts';
import type { LoggedCase } from './ask.js';
import { bpic13Case } from './bpic13-case.js';
import { NoCaseError } from './log-fields.js';
import { uciCase } from './uci-case.js';

export class ReplayDataError extends HandoffError {
  readonly code = 'REPLAY_DATA';
}

/** The incident logs of a folder, in the order of their names, or the one file. */
export async function logFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (!found)
    throw new ReplayDataError(
      `${path} is not there. Name the incident logs with --data FILE or --data DIR; they are no part of this project.`,
    );
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /^incidents_.*\.jsonl(\.gz)?$/.test(name)).sort();
  if (names.length === 0) throw new ReplayDataError(`${path} holds no incidents_*.jsonl and no incidents_*.jsonl.gz.`);
  return names.map((name) => join(path, name));
}

/** One case at a time, however large the file. @param timeZone of instants that name no offset */
export async function* readCases(file: string, timeZone: string): AsyncGenerator<LoggedCase> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (line.trim() !== '') yield caseIn(line, timeZone, `${basename(file)}, line ${number}`);
  }
}

function caseIn(line: string, timeZone: string, where: string): LoggedCase {
  try {
    const row: unknown = JSON.parse(line);
    if (!isJsonObject(row)) throw new NoCaseError('it is no object');
    return READERS[String(row['log'])]?.(row, timeZone) ?? refuse(row);
  } catch (cause) {
    if (!(cause instanceof NoCaseError || cause instanceof SyntaxError)) throw cause;
    throw new ReplayDataError(`${where} is no case of an incident log: ${cause.message}.`, { cause });
  }
}

const READERS: Readonly<Record<string, (row: JsonObject, timeZone: string) => LoggedCase>> = { bpic13: bpic13Case, uci: uciCase };

function refuse(row: JsonObject): never {
  throw new NoCaseError(`"log" is "${String(row['log'])}", and none of ${Object.keys(READERS).join(', ')}`);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file);
  const text = file.endsWith('.gz') ? pipeline(stream, createGunzip(), () => undefined) : stream; // its error comes with the next chunk
  let rest = '';
  for await (const chunk of text.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
