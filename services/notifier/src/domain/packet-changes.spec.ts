import { describe, expect, it } from '@jest/globals';
import { aPacket } from '@handoff/testing';
import { packetChanges } from './packet-changes.js';

describe('the changes of a packet', () => {
  const before = aPacket({ task_id: 't', steps_completed: ['looked it up'], metadata: { tries: 1 } });

  it('are the smallest parts that differ, with what they were and are', () => {
    const after = aPacket({
      task_id: 't',
      steps_completed: ['looked it up', 'asked again'],
      metadata: { tries: 2 },
      current_state: 'Waiting.',
    });
    expect(packetChanges(before, after)).toEqual([
      { path: 'steps_completed[1]', after: after.steps_completed[1] },
      { path: 'current_state.text', before: before.current_state.text, after: 'Waiting.' },
      { path: 'metadata.tries', before: 1, after: 2 },
    ]);
  });

  it('are none where nothing differs', () => {
    expect(packetChanges(before, aPacket({ ...before }))).toEqual([]);
  });
});
