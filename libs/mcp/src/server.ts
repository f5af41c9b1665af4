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
import { DELEGATION, ESCALATION, object, taskId, TRANSFER } from './forms.js';
import { answeredOf, orRefusal, pendingOf } from './told.js';

/** Longer than this no tool call is held; whoever waits on asks again. */
const MOST_SECONDS = 25;

const handoffId = z.uuid().describe('The handle that escalate_to_human, transfer_task or delegate_task gave.');

const ADVICE = z.strictObject({
  packet: object.optional().describe('As much of it as you know, in the words of escalate_to_human.'),
  features: object.optional().describe('What the case is like, in numbers and words.'),
  reason_code: z.enum(REASON_CODES).optional(),
  authority: object.optional().describe('What is at stake: {limit, requested, unit}.'),
  domain: z.string().max(256).optional(),
  level: z.string().max(256).optional().describe('Whom it would be about.'),
});

const OUTCOME = z.strictObject({
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

/** What every delegation says; a template says it where one is named. */
const NOTHING_SAID = { constraints: [], context: '' };

/** Handoff as tools of one agent: whatever is asked gives a handle at once, and the answer is polled for. */
export function handoffServer(handoff: HandoffClient): McpServer {
  const server = new McpServer({ name: 'handoff', version: '0.1.0' });

  server.registerTool(
    'escalate_to_human',
    { description: 'Puts a task before a person. Gives a handle at once; ask get_decision for the answer.', inputSchema: ESCALATION },
    (packet) => orRefusal(async () => handleOf(await handoff.escalate(packet as AgentPacket))), // as the door judges
  );

  server.registerTool(
    'get_decision',
    {
      description:
        'The answer to what was asked, or what a person wants to know first. Do nothing of what was asked about before it is approved.',
      inputSchema: z.strictObject({ handoff_id: handoffId, wait_seconds: z.int().min(0).max(MOST_SECONDS).default(0) }),
      annotations: { readOnlyHint: true },
    },
    ({ handoff_id, wait_seconds }) => orRefusal(async () => decisionOf(await handoff.find(handoff_id), wait_seconds)),
  );

  server.registerTool(
    'list_pending',
    {
      description: 'Everything that you still wait for, as after a restart.',
      inputSchema: z.strictObject({}),
      annotations: { readOnlyHint: true },
    },
    () => orRefusal(async () => ({ pending: (await handoff.pending()).map(pendingOf) })),
  );

  server.registerTool(
    'answer_question',
    {
      description: 'Answers what a person wants to know before they decide; get_decision names the question.',
      inputSchema: z.strictObject({ handoff_id: handoffId, question_id: z.uuid(), text: z.string().min(1).max(1000) }),
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
    (said) => {
      const delegation = { ...(said.template ? {} : NOTHING_SAID), ...said } as AgentDelegation; // as the door judges
      return orRefusal(async () => handleOf(await handoff.delegate(delegation)));
    },
  );

  server.registerTool(
    'transfer_task',
    {
      description: 'Passes a task that you have begun on to another agent, with all that was done. It ends as taken or returned.',
      inputSchema: TRANSFER,
    },
    (transfer) => orRefusal(async () => handleOf(await handoff.transfer(transfer as AgentTransfer))), // as the door judges
  );

  server.registerTool(
    'should_ask',
    {
      description: 'Before you act: is a person to be asked, or may you go on alone? Say as much of the packet as you know.',
      inputSchema: ADVICE,
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
