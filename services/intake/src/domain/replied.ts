import type { HandoffReplied } from '@handoff/contracts';
import type { Asked, Standing } from './apply-ask.js';
import type { AskedOfAgent } from './asked-of-agent.js';

type Said = Pick<HandoffReplied, 'event' | 'agent_id' | 'text'> &
  Partial<Pick<HandoffReplied, 'question_id' | 'offer_id' | 'spent' | 'decisions'>>;

/** An agent's word, told under the handoff's next sequence. */
export function replied(before: Standing, asked: AskedOfAgent, said: Said, at: string): Asked {
  const standing = { ...before, asked, sequence: before.sequence + 1 };
  const { tenant, handoffId: handoff_id, sequence, packetVersion: packet_version, taskId: task_id } = standing;
  const event: HandoffReplied = { tenant, handoff_id, sequence, packet_version, task_id, question_id: null, ...said, replied_at: at };
  return { kind: 'replied', standing, event };
}
