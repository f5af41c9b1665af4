import {
  outcomeAlone,
  type AdviceQuestion,
  type AgentDelegation,
  type AgentPacket,
  type AgentTransfer,
  type Handoff,
  type HandoffClient,
} from '@handoff/agent';
import { ACTION_KINDS, actionDigest, REASON_CODES, TASK_RESULTS, type Action, type AgentOutcome } from '@handoff/contracts';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { answeredOf, orRefusal, pendingOf } from './told.js';

/** Longer than this no tool call is held; whoever waits on asks again. */
const MOST_SECONDS = 25;

const json = z.json();
const object = z.record(z.string(), json);
const lines = z.array(json).default([]);
const taskId = z.string().min(1).max(256).describe('Your own name for the task; the same in every call about it.');
const handoffId = z.uuid().describe('The handle that escalate_to_human, transfer_task or delegate_task gave.');

const PACKET = {
  task_id: taskId,
  original_request: z.string().min(1).describe('What the user asked for, in their words.'),
  steps_completed: lines.describe('What you have done, oldest first: texts, or {action, summary, status, evidence}.'),
  current_state: json.default('').describe('Where things stand.'),
  reason_for_escalation: json.describe('Why you stop: a text, or {code, text} with code one of authority_limit, low_confidence, …'),
  recommended_action: json.default('').describe('What you would do: {kind: "tool_call", name, args}, or a text.'),
  urgency: z.enum(['high', 'medium', 'low']).default('medium'),
  data_links: lines.describe('What a person may want to look at: URIs, or {url, title}.'),
  allowed_decisions: z.array(z.enum(['approve', 'edit', 'reject', 'respond', 'take_over'])).optional(),
  resume: json.optional().describe('Given back with the decision: a thread id, the key of a kept run.'),
  idempotency_key: z.string().min(1).max(256).optional().describe('The same key is the same question, also after a restart.'),
};

const AGENT = z.union([z.string().min(1), z.object({ agent_id: z.string().min(1) }), z.object({ capability: z.string().min(1) })]);

const DELEGATION = {
  task_id: taskId,
  goal: z.string().min(1).describe('What is wanted.'),
  success_criteria: z.array(json).min(1).describe('By what it is judged: {id, text, check}, or texts.'),
  constraints: lines.describe('{kind: "must" or "must_not", text}, or texts.'),
  context: json.default('').describe('What whoever does it has to know.'),
  agent_target: AGENT.optional().describe('Who shall do it, or {capability}; left out, a person looks for somebody.'),
  output_schema: object.optional().describe('JSON Schema of what is delivered.'),
  due_by: z.iso.datetime().optional(),
  budget: z
    .object({ limit: z.number().min(0), unit: z.string().min(1) })
    .optional()
    .describe('What it may cost: EUR, tokens, minutes.'),
  decision_rights: object.optional().describe('What it may decide alone: {may, must_ask, authority: [{unit, up_to}]}.'),
  urgency: z.enum(['high', 'medium', 'low']).default('medium'),
  idempotency_key: z.string().min(1).max(256).optional(),
};

const TRANSFER = {
  task_id: taskId,
  from: z.string().min(1).describe('Your own name, as your key has it.'),
  to: AGENT.describe('An agent, or {capability}.'),
  goal: z.string().min(1),
  results: lines.describe('What was found: {id, summary}.'),
  provenance: z.array(object).default([]).describe('Where each result comes from: {result_id, source}.'),
  accumulated_state: z
    .object({ schema_id: z.string(), value: json })
    .describe('What you keep while you work; schema_id is a name with a major version.'),
  remaining: z.array(z.string()).default([]).describe('What is still to be done, the next first.'),
  decisions: lines.describe('What was decided on the way.'),
  constraints: lines,
  resume: json.optional(),
  idempotency_key: z.string().min(1).max(256).optional(),
};

const OUTCOME = {
  task_id: taskId,
  result: z.enum(TASK_RESULTS).describe('reversed: it was carried out, and had to be undone.'),
  decision_id: z.uuid().optional().describe('As get_decision told it, where people were asked.'),
  executed: z
    .object({ kind: z.enum(ACTION_KINDS), name: z.string(), args: object })
    .optional()
    .describe('What was really carried out.'),
  text: z.string().max(4096).optional(),
  packet: object.optional().describe('Of a task that was never escalated: what you had before you, in the words of a packet.'),
};

/** Handoff as tools of one agent: whatever is asked gives a handle at once, and the answer is polled for. */
export function handoffServer(handoff: HandoffClient): McpServer {
  const server = new McpServer({ name: 'handoff', version: '0.1.0' });

  server.registerTool(
    'escalate_to_human',
    { description: 'Puts a task before a person. Gives a handle at once; ask get_decision for the answer.', inputSchema: PACKET },
    (packet) => orRefusal(async () => handleOf(await handoff.escalate(packet as AgentPacket))), // as its schema says
  );

  server.registerTool(
    'get_decision',
    {
      description:
        'The answer to what was asked, or what a person wants to know first. Do nothing of what was asked about before it is approved.',
      inputSchema: { handoff_id: handoffId, wait_seconds: z.int().min(0).max(MOST_SECONDS).default(0) },
      annotations: { readOnlyHint: true },
    },
    ({ handoff_id, wait_seconds }) => orRefusal(async () => decisionOf(await handoff.find(handoff_id), wait_seconds)),
  );

  server.registerTool(
    'list_pending',
    { description: 'Everything that you still wait for, as after a restart.', annotations: { readOnlyHint: true } },
    () => orRefusal(async () => ({ pending: (await handoff.pending()).map(pendingOf) })),
  );

  server.registerTool(
    'answer_question',
    {
      description: 'Answers what a person wants to know before they decide; get_decision names the question.',
      inputSchema: { handoff_id: handoffId, question_id: z.uuid(), text: z.string().min(1).max(1000) },
    },
    ({ handoff_id, question_id, text }) =>
      orRefusal(async () => {
        await (await handoff.find(handoff_id)).answerQuestion(question_id, text);
        return { state: 'taken' };
      }),
  );

  server.registerTool(
    'delegate_task',
    {
      description: 'Gives a new task to another agent; a person reviews what it delivers, which get_decision tells.',
      inputSchema: DELEGATION,
    },
    (delegation) => orRefusal(async () => handleOf(await handoff.delegate(delegation as AgentDelegation))), // as its schema says
  );

  server.registerTool(
    'transfer_task',
    {
      description: 'Passes a task that you have begun on to another agent, with all that was done. It ends as taken or returned.',
      inputSchema: TRANSFER,
    },
    (transfer) => orRefusal(async () => handleOf(await handoff.transfer(transfer as AgentTransfer))), // as its schema says
  );

  server.registerTool(
    'should_ask',
    {
      description: 'Before you act: is a person to be asked, or may you go on alone? Say as much of the packet as you know.',
      inputSchema: {
        packet: object.optional(),
        features: object.optional(),
        reason_code: z.enum(REASON_CODES).optional(),
        authority: z.object({ limit: z.number(), requested: z.number(), unit: z.string() }).partial().optional(),
        domain: z.string().max(256).optional(),
      },
      annotations: { readOnlyHint: true },
    },
    (about) => orRefusal(() => handoff.shouldAsk(about as AdviceQuestion)), // as its schema says
  );

  server.registerTool(
    'report_outcome',
    { description: 'How a task really ended, whether it was escalated or not.', inputSchema: OUTCOME },
    ({ task_id, result, executed, ...more }) =>
      orRefusal(async () => {
        const digest = executed ? { executed_digest: actionDigest(executed as Action) } : {}; // as its schema says
        await handoff.reportOutcome(outcomeAlone(task_id, result, { ...more, ...digest } as Partial<AgentOutcome>));
        return { state: 'taken' };
      }),
  );
  return server;
}

const handleOf = (asked: Handoff) => ({ ...pendingOf(asked), warnings: asked.warnings.map(({ message }) => message) });

async function decisionOf(asked: Handoff, waitSeconds: number): Promise<object> {
  const byNow = await asked.answerByNow();
  if (byNow) return answeredOf(asked, byNow);
  if (waitSeconds === 0) return pendingOf(asked);
  const signal = AbortSignal.timeout(waitSeconds * 1000);
  try {
    return answeredOf(asked, await asked.answer({ signal }));
  } catch (error) {
    if (!signal.aborted) throw error;
    return pendingOf(asked);
  }
}
