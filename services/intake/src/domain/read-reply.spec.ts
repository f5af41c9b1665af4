import { describe, expect, it } from '@jest/globals';
import { newId } from '@handoff/contracts';
import { readReply } from './read-reply.js';

const faults = (sent: Parameters<typeof readReply>[0]) => {
  const read = readReply(sent);
  return read.kind === 'faults' ? read.faults.map((it) => `${it.path}:${it.code}`) : [];
};

describe('readReply', () => {
  it('reads what is asked, of the handoff where it is named, else of the task', () => {
    const handoff_id = newId();
    expect(readReply({ reply: 'withdraw', task_id: 't', handoff_id: handoff_id.toUpperCase() })).toMatchObject({
      value: { target: { kind: 'handoff', handoffId: handoff_id }, ask: { type: 'withdraw', reason: '' }, agentId: null },
    });
    expect(readReply({ reply: 'add_context', task_id: 't', agent_id: 'a', context: { urgency: 'high' } })).toMatchObject({
      value: { target: { kind: 'task', taskId: 't' }, ask: { type: 'add_context', context: { urgency: 'high' } }, agentId: 'a' },
    });
  });

  it('names everything that is missing at once', () => {
    expect(faults({ reply: 'add_context' })).toEqual(['handoff_id:missing', 'context:missing']);
    expect(faults({ reply: 'agree', handoff_id: 'x' }).toSorted()).toEqual(['handoff_id:bad_format', 'reply:not_allowed_value']);
    expect(faults([])).toEqual([':wrong_type']);
  });

  it('takes what was spent and decided with work alone', () => {
    const told = { offer_id: newId(), spent: { value: 1, unit: 'EUR' }, decisions: [{ text: 'Acme' }] };
    expect(faults({ reply: 'progress', ...told })).toEqual([]);
    expect(faults({ reply: 'ask', text: 'Which?', ...told })).toEqual(['spent:not_allowed_value', 'decisions:not_allowed_value']);
    expect(faults({ reply: 'progress', ...told, spent: { value: -1, unit: 'EUR' } })).toEqual(['spent.value:out_of_range']);
  });
});
