import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import { readPacket } from '../packet/read-packet.js';
import { maskPacket } from './mask-packet.js';
import { restoreSecrets, unchangedIn } from './restore-secrets.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';
const SENT: JsonObject = {
  task_id: 't-1',
  original_request: `Charge it with ${TOKEN}`,
  steps_completed: [],
  current_state: '',
  reason_for_escalation: 'above my limit',
  recommended_action: JSON.stringify({ name: 'charge', arguments: { amount: 12, card: { number: '4111111111111111' }, 'a/b': TOKEN } }),
  urgency: 'low',
  data_links: [],
  resume: { thread: 't', token: 'opaque' },
};

function masked() {
  const read = readPacket(SENT);
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  const { value, paths } = maskPacket(read.value);
  const { kind, name, args } = value.recommended_action;
  return { action: { kind, name, args }, resume: value.resume ?? null, paths };
}

describe('a decision whose action had secrets', () => {
  it('tells which of its leaves are unchanged, and the agent puts the originals back', () => {
    const { action, resume, paths } = masked();
    expect(JSON.stringify([action, resume])).not.toMatch(/4111|a1B2|opaque/);
    const unchanged = unchangedIn(paths, action);
    expect(unchanged).toEqual(['/action/args/card/number', '/action/args/a~1b', '/resume/token']);
    const edited = { action: { ...action, args: { ...action.args, amount: 10 } }, resume, unchanged };
    expect(restoreSecrets(edited, SENT)).toEqual({
      action: { kind: 'tool_call', name: 'charge', args: { amount: 10, card: { number: '4111111111111111' }, 'a/b': TOKEN } },
      resume: { thread: 't', token: 'opaque' },
      unchanged,
    });
  });

  it('has nothing to put back where nothing is to be done, but what it gives back', () => {
    expect(unchangedIn(masked().paths, null)).toEqual(['/resume/token']);
    const plain = { action: null, resume: null };
    expect(restoreSecrets(plain, SENT)).toBe(plain);
  });
});
