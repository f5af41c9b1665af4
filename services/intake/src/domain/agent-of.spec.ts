import { describe, expect, it } from '@jest/globals';
import { readPacket, type Json, type Packet, NO_ENVELOPE } from '@handoff/contracts';
import { agentOf } from './agent-of.js';

function packet(agent?: Json): Packet {
  const eight = { task_id: 't', original_request: 'r', steps_completed: [], current_state: '', reason_for_escalation: '' };
  const read = readPacket({ ...eight, recommended_action: '', urgency: 'low', data_links: [], ...(agent ? { agent } : {}) });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.value;
}

const from = (source: string | null) => ({ ...NO_ENVELOPE, source });

describe('agentOf', () => {
  it('is the packet’s agent, else the event’s source, else unknown', () => {
    expect(agentOf(packet({ id: 'a' }), from('s'))).toMatchObject({ value: 'a' });
    expect(agentOf(packet('a'), from('s'))).toMatchObject({ value: 'a' });
    expect(agentOf(packet(), from('s'))).toMatchObject({ value: 's' });
    expect(agentOf(packet(), from(null))).toMatchObject({ value: 'unknown' });
  });

  it('refuses a source that is too long to stand for an agent', () => {
    expect(agentOf(packet(), from('s'.repeat(257)))).toMatchObject({ faults: [{ path: 'headers.ce_source', code: 'too_long' }] });
    expect(agentOf(packet('a'), from('s'.repeat(257)))).toMatchObject({ value: 'a' });
  });
});
