/** A refund agent on the OpenAI Agents SDK, whose approvals come from Handoff. Usage: openai-agents.js RUN STATE_FOLDER */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import {
  Agent,
  run,
  RunState,
  setTracingDisabled,
  tool,
  Usage,
  type Model,
  type ModelRequest,
  type RunToolApprovalItem,
} from '@openai/agents';
import { z } from 'zod';
import { connect, type Answer } from '@handoff/agent'; // +handoff

const [key = '', folder = ''] = process.argv.slice(2);
const kept = `${folder}/${key}.json`;
const handoff = connect({ url: process.env['HANDOFF_URL'] ?? '', key: process.env['HANDOFF_KEY'] ?? '' }); // +handoff
const edited = new Map<unknown, unknown>(); // +handoff
const paid: unknown[] = [];

/** Stands in for a model: none is called. It wants to pay first, and then says what came of it. */
class ScriptedModel implements Model {
  async getResponse({ input }: ModelRequest) {
    const told = typeof input === 'string' ? undefined : input.findLast(({ type }) => type === 'function_call_result');
    const text = JSON.stringify(told && 'output' in told ? told.output : '');
    const call = {
      type: 'function_call',
      callId: 'call-1',
      name: 'refund',
      arguments: '{"order":"881","amount":89}',
      status: 'completed',
    } as const;
    const words = { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] } as const;
    return { usage: new Usage(), output: told ? [{ ...words, content: [...words.content] }] : [call] };
  }

  getStreamedResponse(): never {
    throw new Error('It is not streamed.');
  }
}

const refund = tool({
  name: 'refund',
  description: 'Pays back money.',
  parameters: z.object({ order: z.string(), amount: z.number() }),
  needsApproval: true,
  execute: (args, _, details) => {
    paid.push(edited.get(details?.toolCall?.callId) ?? args); // +handoff, before: paid.push(args)
    return 'paid back';
  },
});

async function askAPerson({ rawItem }: RunToolApprovalItem): Promise<Answer> {
  const { callId, arguments: args = '{}' } = rawItem as { readonly callId: string; readonly arguments?: string }; // a call of a function
  const action = { kind: 'tool_call', name: 'refund', args: JSON.parse(args) }; // +handoff
  const why = { original_request: 'Refund order 881', reason_for_escalation: 'above my limit' }; // +handoff
  const asked = await handoff.escalate({ task_id: key, ...why, recommended_action: action, resume: key }); // +handoff
  const answer = await asked.answer(); // +handoff
  if (answer.kind === 'approved') edited.set(callId, answer.action.args); // +handoff
  return answer; // +handoff
}

setTracingDisabled(true);
const agent = new Agent({ name: 'refunds', model: new ScriptedModel(), tools: [refund] });
let result = await run(
  agent,
  existsSync(kept) ? await RunState.fromString(agent, readFileSync(kept, 'utf8')) : 'Refund order 881, the jug arrived broken',
);
while (result.interruptions.length > 0) {
  writeFileSync(kept, result.state.toString());
  for (const call of result.interruptions) {
    const answer = await askAPerson(call); // before: a question at the console
    if (answer.kind === 'approved') result.state.approve(call);
    else result.state.reject(call, { message: 'Not approved, do not try it again.' });
  }
  result = await run(agent, result.state);
}
console.log(JSON.stringify({ paid: paid[0] ?? null, says: result.finalOutput }));
