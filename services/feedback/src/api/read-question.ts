import {
  Authority,
  isJsonObject,
  maskJson,
  normalisePacket,
  ok,
  REASON_CODES,
  validate,
  type Json,
  type JsonObject,
  type ReasonCode,
  type Result,
  type TaskId,
} from '@handoff/contracts';
import type { AdviceBody } from './advice-body.js';
import type { Moment } from '../model/cases.js';
import { textIn } from '../model/fields.js';
import { momentOf } from '../model/moment-of.js';

/** What an agent asks before it goes on alone. */
export interface Question {
  readonly taskId: TaskId | null;
  readonly domain: string;
  readonly level: string;
  readonly reason: ReasonCode | null;
  readonly authority: Authority | undefined;
  readonly confidence: number | null;
  readonly moment: Moment;
}

/** As it would leave intake: in the form that is learned from, and without secrets. */
export function readQuestion(body: AdviceBody, agentId: string): Result<Question> {
  const given = maskJson(normalisePacket(body.packet ?? {})).value;
  const packet: JsonObject = body.reason_code === undefined ? given : { ...given, reason_for_escalation: { code: body.reason_code } };
  const authority = body.authority ? ok(body.authority) : readAuthority(packet['authority']);
  if (authority.kind === 'faults') return authority;
  const moment = momentOf(packet, { ...(body.features ?? {}), ...(body.domain === undefined ? {} : { domain: body.domain }) }, agentId);
  const taskId = textIn(packet, 'task_id');
  return ok({
    taskId: taskId === '' ? null : (taskId as TaskId), // compared with stored ones, and with nothing else
    domain: textIn(moment.features, 'domain'),
    level: body.level ?? '',
    reason: body.reason_code ?? reasonIn(packet['reason_for_escalation']),
    authority: authority.value,
    confidence: confidenceIn(packet['confidence']),
    moment,
  });
}

const readAuthority = (value: Json | undefined): Result<Authority | undefined> =>
  value === undefined ? ok(undefined) : validate(Authority, value);

/** Words without a code are no reason yet: an agent that asks has not decided to. */
function reasonIn(reason: Json | undefined): ReasonCode | null {
  const code = isJsonObject(reason) ? (reason as JsonObject)['code'] : undefined;
  return REASON_CODES.find((it) => it === code && it !== 'other') ?? null;
}

function confidenceIn(confidence: Json | undefined): number | null {
  const value = isJsonObject(confidence) ? confidence['value'] : undefined;
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}
