import {
  connect,
  outcomeAlone,
  type AdviceQuestion,
  type AgentDelegation,
  type AgentPacket,
  type AgentTransfer,
  type HandoffClient,
  type Waited,
} from '@handoff/agent';
import { actionDigest, type Action, type AgentOutcome, type Seconds } from '@handoff/contracts';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { ADVICE, DELEGATION, ESCALATION, handoffId, OUTCOME, TRANSFER } from './forms.js';
import { oneCall, PATIENCE } from './one-call.js';
import { answeredOf, handleOf, pendingOf } from './told.js';

/** Longer than this no tool call is held; whoever waits on asks again. */
const MOST_SECONDS = 25;

/** The agents' door, and whose key opens it. */
export interface Door {
  readonly url: string;
  readonly key: string;
  /** How long one call goes on while nothing answers. */
  readonly patience?: Seconds;
}

/** Handoff as tools of one agent: whatever is asked gives a handle at once, and the answer is polled for. */
export function handoffServer({ url, key, patience = PATIENCE }: Door): McpServer {
  const handoff = connect({ url, key, patience });
  const server = new McpServer({ name: 'handoff', version: '0.1.0' });
  /** Of all that one call asks of the door together, as a model waits for all of it. */
  const inTime = ({ signal }: Called): Waited => ({ signal: AbortSignal.any([signal, AbortSignal.timeout(patience * 1000)]) });

  server.registerTool(
    'escalate_to_human',
    { description: 'Puts a task before a person. Gives a handle at once; ask get_decision for the answer.', inputSchema: ESCALATION },
    (packet, called) => oneCall(named(packet), async () => handleOf(await handoff.escalate(packet as AgentPacket, inTime(called)))), // as the door judges
  );

  server.registerTool(
    'get_decision',
    {
      description:
        'The answer to what was asked, or what a person wants to know first. Do nothing of what was asked about before it is approved.',
      inputSchema: z.strictObject({ handoff_id: handoffId, wait_seconds: z.int().min(0).max(MOST_SECONDS).default(0) }),
      annotations: { readOnlyHint: true },
    },
    ({ handoff_id, wait_seconds }, called) =>
      oneCall({ handoff_id }, () => decisionOf(handoff, handoff_id, inTime(called), waiting(called, wait_seconds))),
  );

  server.registerTool(
    'list_pending',
    {
      description: 'Everything that you still wait for, as after a restart.',
      inputSchema: z.strictObject({}),
      annotations: { readOnlyHint: true },
    },
    (_, called) => oneCall({}, async () => ({ pending: (await handoff.pending(inTime(called))).map(pendingOf) })),
  );

  server.registerTool(
    'answer_question',
    {
      description: 'Answers what a person wants to know before they decide; get_decision names the question.',
      inputSchema: z.strictObject({ handoff_id: handoffId, question_id: z.uuid(), text: z.string().min(1).max(1000) }),
    },
    ({ handoff_id, question_id, text }, called) =>
      oneCall({ handoff_id }, async () => {
        const waited = inTime(called);
        await (await handoff.find(handoff_id, waited)).answerQuestion(question_id, text, waited);
        return { state: 'taken' };
      }),
  );

  server.registerTool(
    'delegate_task',
    {
      description: 'Gives a new task to another agent; a person reviews what it delivers, which get_decision tells.',
      inputSchema: DELEGATION,
    },
    (said, called) => {
      const delegation = { ...(said.template ? {} : NOTHING_SAID), ...said } as AgentDelegation; // as the door judges
      return oneCall(named(said), async () => handleOf(await handoff.delegate(delegation, inTime(called))));
    },
  );

  server.registerTool(
    'transfer_task',
    {
      description: 'Passes a task that you have begun on to another agent, with all that was done. It ends as taken or returned.',
      inputSchema: TRANSFER,
    },
    (transfer, called) => oneCall(named(transfer), async () => handleOf(await handoff.transfer(transfer as AgentTransfer, inTime(called)))), // as the door judges
  );

  server.registerTool(
    'should_ask',
    {
      description: 'Before you act: is a person to be asked, or may you go on alone? Say as much of the packet as you know.',
      inputSchema: ADVICE,
      annotations: { readOnlyHint: true },
    },
    (about, called) => oneCall({}, () => handoff.shouldAsk(about as AdviceQuestion, inTime(called))), // as the door judges
  );

  server.registerTool(
    'report_outcome',
    { description: 'How a task really ended, whether it was escalated or not.', inputSchema: OUTCOME },
    ({ task_id, result, executed, ...more }, called) =>
      oneCall({ task_id }, async () => {
        const digest = executed ? { executed_digest: actionDigest(executed as Action) } : {}; // as its schema says
        const outcome = outcomeAlone(task_id, result, { ...more, ...digest } as Partial<AgentOutcome>); // as the door judges
        await handoff.reportOutcome(outcome, inTime(called));
        return { state: 'taken' };
      }),
  );
  return server;
}

interface Called {
  /** Aborted once its model has gone. */
  readonly signal: AbortSignal;
}

/** What every delegation says; a template says it where one is named. */
const NOTHING_SAID = { constraints: [], context: '' };

const named = ({ task_id }: { readonly task_id: string }) => ({ task_id });

const waiting = ({ signal }: Called, seconds: Seconds): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);

async function decisionOf(handoff: HandoffClient, id: string, looking: Waited, signal: AbortSignal): Promise<object> {
  const asked = await handoff.find(id, looking);
  const byNow = await asked.answerByNow(looking);
  if (byNow) return answeredOf(asked, byNow);
  try {
    return answeredOf(asked, await asked.answer({ signal }));
  } catch (error) {
    if (!signal.aborted) throw error;
    return pendingOf(asked);
  }
}
