import { describe, expect, it } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normalisePacket, type JsonObject } from '@handoff/contracts';
import { describeMoment } from './describe-moment.js';
import { readCases } from './read-cases.js';

const PACKET: JsonObject = {
  task_id: 'refund-1',
  original_request: 'Refund order 883',
  steps_completed: [
    { step: 1, tool: 'find_order', arguments: { id: '883' }, result: 'found', error: false },
    { step: 2, tool: 'refund', arguments: {}, result: 'refused', error: true },
  ],
  current_state: 'last agent message: Shall I pay it back?\nlast user message: Yes',
  recommended_action: '{"name":"refund","arguments":{"to":"card"}}',
  urgency: 'high',
};
const FEATURES: JsonObject = {
  domain: 'shop',
  agent_model: 'm',
  agent_variant: 'v',
  n_tool_errors: 1,
  last_tool: 'refund',
  tools: { refund: 1 },
};

async function readWith(label: JsonObject) {
  const file = join(await mkdtemp(join(tmpdir(), 'cases-')), 'cases.jsonl');
  await writeFile(file, `${JSON.stringify({ packet: PACKET, features: FEATURES, label, source: { group: 'g' } })}\n`);
  return readCases(file);
}

describe('what the model sees of a moment', () => {
  it('is who acts, what failed, in which order, and what is about to be done', () => {
    const names = describeMoment({ packet: normalisePacket(PACKET), features: FEATURES }).map(({ name, shown }) => shown ?? name);
    expect(names).toEqual(
      expect.arrayContaining(['agent m v in shop', 'a tool failed', 'refund failed', 'find_order, then refund', 'refund to', 'pay it']),
    );
  });

  it('is how sure the agent says it is, by what, and why it would ask; not what it leaves open', () => {
    const own = (packet: JsonObject) =>
      describeMoment({ packet: normalisePacket(packet), features: {} }).filter(({ block }) => block === 'own');
    const [sure, by] = ['how sure the agent says it is', 'how sure the agent says it is, by logprobs'];
    const said = own({
      confidence: { value: 0.9, source: 'logprobs' },
      reason_for_escalation: { code: 'tool_failure', text: 'It fails.' },
    });
    expect(said.map(({ name, value }) => [name, Number(value.toFixed(2))])).toEqual([
      [sure, 2.2],
      [by, 2.2],
      ['its reason tool_failure', 1],
    ]);
    expect(own({ confidence: 1 }).map(({ value }) => value)).toEqual([4, 4]);
    expect(own({ ...PACKET, reason_for_escalation: 'Because.' })).toEqual([]);
  });

  it('does not change when labels change', async () => {
    const [good] = await readWith({ failed_if_not_escalated: false, decision_kind: 'write', recommended_action_correct: true });
    const [bad] = await readWith({ failed_if_not_escalated: true, decision_kind: 'write', recommended_action_correct: false });
    expect(good?.truths).toEqual({ fails_alone: false, action_wrong: false });
    expect(bad?.truths).toEqual({ fails_alone: true, action_wrong: true });
    expect(good && describeMoment(good.moment)).toEqual(bad && describeMoment(bad.moment));
  });

  it('has no place for a label: whatever is called so in a packet or its features is not looked at', () => {
    const label = { task_success: true, failed_if_not_escalated: false };
    const asked = describeMoment({ packet: normalisePacket({ ...PACKET, label }), features: { ...FEATURES, label, reward: 1 } });
    expect(asked).toEqual(describeMoment({ packet: normalisePacket(PACKET), features: FEATURES }));
  });

  it('asks nothing of what is not there', () => {
    expect(() => describeMoment({ packet: {}, features: {} })).not.toThrow();
  });
});

describe('truths', () => {
  it('are unknown of an agent that handed over, and of an action that writes nothing', async () => {
    const [it] = await readWith({ failed_if_not_escalated: null, decision_kind: 'transfer', recommended_action_correct: false });
    expect(it?.truths).toEqual({ fails_alone: null, action_wrong: null });
  });
});
