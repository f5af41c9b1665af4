import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HandoffError, isJsonObject, normalisePacket, type JsonObject, type Json } from '@handoff/contracts';
import type { LearningCase, Truths } from './cases.js';
import { momentOf } from './moment-of.js';

export class ModelDataError extends HandoffError {
  readonly code = 'MODEL_DATA';
}

/** JSON Lines, gzip or not, one decision point a line: `packet`, `features`, `label`, and `source.group`. */
export async function readCases(file: string): Promise<readonly LearningCase[]> {
  if (!(await stat(file).catch(() => null))?.isFile())
    throw new ModelDataError(`${file} is not there. Name a file of decision points with --data FILE.`);
  const cases: LearningCase[] = [];
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    if (line.trim() !== '') cases.push(caseIn(line, `${basename(file)}, line ${number}`));
  }
  return cases;
}

function caseIn(line: string, where: string): LearningCase {
  const row = parsed(line, where);
  const packet = objectOf(row['packet'], where, 'packet');
  const label = objectOf(row['label'], where, 'label');
  const id = String(packet['task_id'] ?? where);
  const source = isJsonObject(row['source']) ? row['source'] : {};
  return {
    id,
    group: String(source['group'] ?? id),
    moment: momentOf(normalisePacket(packet), objectOf(row['features'], where, 'features')),
    truths: truthsOf(label),
  };
}

/** An agent that handed over did not go on alone, and an action that is no write has no truth to compare it with. */
function truthsOf(label: JsonObject): Truths {
  const isCorrect = label['decision_kind'] === 'write' ? knownOrNull(label['recommended_action_correct']) : null;
  return { fails_alone: knownOrNull(label['failed_if_not_escalated']), action_wrong: isCorrect === null ? null : !isCorrect };
}

const knownOrNull = (value: Json | undefined): boolean | null => (typeof value === 'boolean' ? value : null);

function parsed(line: string, where: string): JsonObject {
  try {
    return objectOf(JSON.parse(line) as Json, where, 'the line');
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ModelDataError(`${where} is no JSON: ${cause.message}.`, { cause });
  }
}

function objectOf(value: Json | undefined, where: string, name: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new ModelDataError(`${where} is no decision point: ${name} is no object.`);
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
