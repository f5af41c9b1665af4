/** A refund agent on the Vercel AI SDK 6, whose approvals come from Handoff. Usage: vercel-ai.js CHAT STATE_FOLDER */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generateText, tool, type ModelMessage, type ToolApprovalResponse, type ToolCallPart } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { z } from 'zod';
import { connect, type Answer } from '@handoff/agent'; // +handoff

const [key = '', folder = ''] = process.argv.slice(2);
const kept = `${folder}/${key}.json`;
const handoff = connect({ url: process.env['HANDOFF_URL'] ?? '', key: process.env['HANDOFF_KEY'] ?? '' }); // +handoff
const edited = new Map<string, unknown>(); // +handoff
const paid: unknown[] = [];

const counted = { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0, text: 0, reasoning: 0 };
/** Stands in for a model: none is called. It wants to pay first, and then says what came of it. */
const model = new MockLanguageModelV3({
  doGenerate: async ({ prompt }) => {
    const told = prompt.findLast(({ role }) => role === 'tool');
    const call = { type: 'tool-call', toolCallId: 'call-1', toolName: 'refund', input: '{"order":"881","amount":89}' } as const;
    return {
      content: [told ? { type: 'text', text: JSON.stringify(told.content) } : call],
      finishReason: { unified: told ? 'stop' : 'tool-calls', raw: undefined },
      usage: { inputTokens: counted, outputTokens: counted },
      warnings: [],
    };
  },
});

const refund = tool({
  description: 'Pays back money.',
  inputSchema: z.object({ order: z.string(), amount: z.number() }),
  needsApproval: true,
  execute: (args, { toolCallId }) => {
    paid.push(edited.get(toolCallId) ?? args); // +handoff, before: paid.push(args)
    return 'paid back';
  },
});

async function askAPerson({ toolCallId, toolName: name, input }: ToolCallPart): Promise<Answer> {
  const action = { kind: 'tool_call', name, args: input as { order: string; amount: number } }; // +handoff
  const why = { original_request: 'Refund order 881', reason_for_escalation: 'above my limit' }; // +handoff
  const asked = await handoff.escalate({ task_id: key, ...why, recommended_action: action, resume: key }); // +handoff
  const answer = await asked.answer(); // +handoff
  if (answer.kind === 'approved') edited.set(toolCallId, answer.action.args); // +handoff
  return answer; // +handoff
}

/** What the last message wants approved. */
function openCalls(messages: readonly ModelMessage[]) {
  const last = messages.at(-1);
  const parts = last?.role === 'assistant' && typeof last.content !== 'string' ? last.content : [];
  const calls = parts.filter((part) => part.type === 'tool-call');
  return parts
    .filter((part) => part.type === 'tool-approval-request')
    .flatMap(({ approvalId, toolCallId }) => calls.filter((call) => call.toolCallId === toolCallId).map((call) => ({ approvalId, call })));
}

const messages: ModelMessage[] = existsSync(kept)
  ? (JSON.parse(readFileSync(kept, 'utf8')) as ModelMessage[])
  : [{ role: 'user', content: 'Refund order 881, the jug arrived broken' }];
let says = '';
do {
  const content: ToolApprovalResponse[] = [];
  for (const { approvalId, call } of openCalls(messages)) {
    const { kind } = await askAPerson(call); // before: a question at the console
    content.push({ type: 'tool-approval-response', approvalId, approved: kind === 'approved', reason: kind });
  }
  if (content.length > 0) messages.push({ role: 'tool', content });
  const { response, text } = await generateText({ model, tools: { refund }, messages });
  messages.push(...response.messages);
  writeFileSync(kept, JSON.stringify(messages));
  says = text;
} while (openCalls(messages).length > 0);
console.log(JSON.stringify({ paid: paid[0] ?? null, says }));
