import { describe, expect, it } from '@jest/globals';
import { readPacket, type AgentId, type TaskId } from '@handoff/contracts';
import { aPacket } from '@handoff/testing';
import { auditPacket, type Audited } from './audit-packet.js';

const audited: Audited = {
  outcome_id: '0b6f2c5e-1d0a-4a66-9a3f-9a3d51d2c001',
  task_id: 'task-7' as TaskId,
  agent_id: 'refunds-agent' as AgentId,
  packet: aPacket({
    tags: Array.from({ length: 20 }, (_, i) => `tag-${i}`),
    authority: { limit: 100, requested: 129.5 },
    resume: 'thread-9',
  }),
};
const packet = auditPacket(audited);

describe('the packet of an audit', () => {
  it('is a packet, with what the agent had before it', () => {
    const read = readPacket(packet);
    expect(read.kind).toBe('ok');
    const { original_request, current_state } = audited.packet;
    expect(packet).toMatchObject({ original_request, parent: { task_id: 'task-7' }, agent: { id: 'handoff-audit' } });
    expect(packet).toMatchObject({ current_state: { text: current_state.text } });
    expect(packet['tags']).toHaveLength(20);
    expect(packet['tags']).toContain('audit');
  });

  it('recommends nothing that could be carried out, and resumes nobody', () => {
    expect(packet).toMatchObject({ recommended_action: { kind: 'text' }, allowed_decisions: ['approve', 'reject'] });
    expect(packet).not.toHaveProperty('resume');
    expect(packet).not.toHaveProperty('authority');
  });

  it('is the same audit however often it is sent', () => {
    expect(auditPacket(audited)).toEqual(packet);
    expect(packet['idempotency_key']).toBe(`audit:${audited.outcome_id}`);
  });
});
