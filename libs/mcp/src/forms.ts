import { ACTION_KINDS, DECISION_TYPES, MAX_PACKET_BYTES, REASON_CODES, TASK_RESULTS, URGENCIES } from '@handoff/contracts';
import { z } from 'zod';

/*
 * What a model is told that it may send. A form of a packet is loose: the door judges what is inside, by path and code, and shows people fields that nobody
 * knows, so nothing is left out on the way to it.
 */

const json = z.unknown(); // what comes over this protocol is JSON
const object = z.record(z.string(), json);
const taskId = z.string().min(1).max(256).describe('Your own name for the task; the same in every call about it.');
export const handoffId = z
  .uuid({ error: ({ input }) => `"${String(input)}" is no handle; list_pending has those of all that you wait for` })
  .describe('The handle that escalate_to_human, transfer_task or delegate_task gave.');
/** A header carries it. */
const key = z
  .string()
  .max(256)
  .regex(/^[!-~]([ -~]*[!-~])?$/, 'Take letters, digits and signs of ASCII alone');

const list = (what: string) => z.array(json).optional().describe(what);
const text = (what: string) => z.string().optional().describe(what);
const some = (what: string) => json.optional().describe(what);
const fields = (what: string) => object.optional().describe(what);

/** A door hangs up on what is too large for it, maybe before it is heard to say so. */
const fits = (sent: object): boolean => Buffer.byteLength(JSON.stringify(sent)) <= MAX_PACKET_BYTES;
const TOO_LARGE = `It has more than the ${MAX_PACKET_BYTES} bytes that are taken; link to what is large instead`;
const packet = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.looseObject(shape).refine(fits, TOO_LARGE);
const call = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape).refine(fits, TOO_LARGE);

/** What handoffs of every kind may say. */
const COMMON = {
  urgency: z.enum(URGENCIES).optional().describe('medium, where you do not say.'),
  data_links: list('What a person may want to look at: URIs, or {id, title, url, sha256, classification}.'),
  authority: fields('What is at stake: {policy_id, limit, requested, unit}.'),
  parent: fields('The task that you hold, and need this for: {task_id, handoff_id}.'),
  expires_at: text('When it is of no use any more, such as 2026-01-31T12:00:00Z.'),
  tags: z.array(z.string()).optional(),
  metadata: fields('For your own systems.'),
  idempotency_key: key
    .optional()
    .describe('The same key is the same question, also after a restart. By default all that you say is the key.'),
};
const resume = some('Given back with the decision: a thread id, the key of a kept run.');
const decisionRights = fields('What may be decided alone: {may, must_ask, authority: [{unit, up_to}]}.');
const constraints = list('{kind: "must" or "must_not", text}, or texts.');

export const ESCALATION = packet({
  task_id: taskId,
  original_request: z.string().describe('What the user asked for, in their words.'),
  reason_for_escalation: json.describe(`Why you stop: a text, or {code, text, limit, observed} with one of ${REASON_CODES.join(', ')}.`),
  recommended_action: some('What you would do: {kind: "tool_call", name, args, rationale, alternatives}, or a text.'),
  steps_completed: list('What you have done, oldest first: texts, or {action, summary, status, evidence, at}.'),
  current_state: some('Where things stand: a text, or {text, value}.'),
  attempts: list('What you have tried and did not settle it: texts, or {action, outcome, why, at}.'),
  confidence: some('How sure you are of the action, from 0 to 1: a number, or {value, source}.'),
  allowed_decisions: z.array(z.enum(DECISION_TYPES)).optional().describe('What a person may answer; all of it, where you do not say.'),
  args_schema: fields('JSON Schema that edited arguments must satisfy.'),
  response_schema: fields('JSON Schema of an answer in words; a person gets a form.'),
  options: list('What a person may choose from.'),
  requested_by: text('Who wants the task done; they may not decide it.'),
  agent: some('Yourself: {id, version, model}, with the id that your key has.'),
  supersedes: text('The handle of an earlier question of yours that this one takes the place of.'),
  features: fields('What the case is like, in numbers and words; when to ask is learned from it.'),
  resume,
  ...COMMON,
});

const whoGives = { path: ['delegated_by'], error: 'It is you who gives the task, as your key says; leave it out' };

export const DELEGATION = packet({
  task_id: taskId,
  goal: text('What is wanted; a template may say it for you.'),
  success_criteria: list('By what it is judged: {id, text, check}; a template may say it for you.'),
  constraints,
  context: some('What whoever does it has to know: a text, or {text, value}.'),
  template: fields('What to fill in the rest from: {id, version, inputs}.'),
  agent_target: some('Who shall do it: an agent, or {capability}; left out, a person looks for somebody.'),
  output_schema: fields('JSON Schema of what is delivered.'),
  due_by: text('When it has to be done, such as 2026-01-31T12:00:00Z.'),
  budget: z.looseObject({ limit: z.number(), unit: z.string() }).optional().describe('What it may cost: EUR, tokens, minutes.'),
  decision_rights: decisionRights,
  escalate_when: list('When it shall ask instead of going on: texts.'),
  reviewer: some('Who sees what is delivered: a person, or {kind, id}.'),
  max_rounds: z.int().optional().describe('How often a delivery may be sent back.'),
  ...COMMON,
}).refine((it) => !('delegated_by' in it), whoGives);

export const TRANSFER = packet({
  task_id: taskId,
  from: json.describe('Your own name, as your key has it, or {id, version, model}.'),
  to: json.describe('An agent, or {capability}.'),
  goal: z.string(),
  results: list('What was found: {id, summary, value}.'),
  provenance: list('Where each result comes from: {result_id, source, by, at}.'),
  artifacts: list('Files that go along: {name, media_type, sha256} with url, data (base64), or stored: true.'),
  accumulated_state: z
    .looseObject({ schema_id: z.string(), value: json.optional() })
    .describe(
      'What you keep while you work: {schema_id, value, sha256}; schema_id is a name with a major version, such as acme/refund-run/2.',
    ),
  remaining: z.array(z.string()).optional().describe('What is still to be done, the next first.'),
  decisions: list('What was decided on the way: texts, or {text, why, by, at}.'),
  constraints,
  decision_rights: decisionRights,
  ack_by: text('Until when the first agent has to take it, such as 2026-01-31T12:00:00Z.'),
  resume,
  ...COMMON,
});

export const ADVICE = call({
  packet: object.optional().describe('As much of it as you know, in the words of escalate_to_human.'),
  features: object.optional().describe('What the case is like, in numbers and words.'),
  reason_code: z.enum(REASON_CODES).optional(),
  authority: object.optional().describe('What is at stake: {limit, requested, unit}.'),
  domain: z.string().max(256).optional(),
  level: z.string().max(256).optional().describe('Whom it would be about.'),
});

export const OUTCOME = call({
  task_id: taskId,
  result: z.enum(TASK_RESULTS).describe('reversed: it was carried out, and had to be undone.'),
  handoff_id: handoffId.optional(),
  decision_id: z.uuid().optional().describe('As get_decision told it, where people were asked.'),
  executed: z
    .looseObject({ kind: z.enum(ACTION_KINDS), name: z.string(), args: object })
    .optional()
    .describe('What was really carried out.'),
  executed_digest: z
    .string()
    .optional()
    .describe('In its place: the action_digest that get_decision told, where exactly that was carried out.'),
  ended_at: z.string().optional().describe('When, such as 2026-01-31T12:00:00Z.'),
  text: z.string().max(4096).optional(),
  packet: object.optional().describe('Of a task that was never escalated: what you had before you, in the words of a packet.'),
});
