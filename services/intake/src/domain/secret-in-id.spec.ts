import { describe, expect, it } from '@jest/globals';
import { bareFields } from '@handoff/testing';
import { NO_ENVELOPE } from '@handoff/contracts';
import { agentOfRefused, taskIdOf } from '@handoff/bus';
import { readSent } from './read-sent.js';
import { readReply } from './read-reply.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';

describe('an id that is a secret', () => {
  it('is refused, and the refusal does not repeat it', () => {
    const sent = bareFields({ task_id: `t-1 ${TOKEN}`, agent: { id: 'a', version: TOKEN } });
    const read = readSent('escalation', sent, NO_ENVELOPE);
    expect(read).toMatchObject({
      faults: [
        { path: 'task_id', code: 'secret_in_id' },
        { path: 'agent.version', code: 'secret_in_id' },
      ],
    });
    expect(JSON.stringify(read)).not.toContain(TOKEN);
    expect(readReply({ reply: 'withdraw', task_id: TOKEN })).toMatchObject({ faults: [{ path: 'task_id', code: 'secret_in_id' }] });
    expect([taskIdOf(sent), agentOfRefused({ agent: TOKEN }, NO_ENVELOPE)]).toEqual([null, null]);
  });

  it('is nothing that any agent calls its tasks', () => {
    for (const task_id of [
      '4111111111111111',
      'password-reset-4711',
      'task_01JABCDEFGHJKMNPQRSTVWXYZ0',
      'https://x.example/tasks/1?token=abcdefghijk',
    ])
      expect(readSent('escalation', bareFields({ task_id }), NO_ENVELOPE).kind).toBe('ok');
  });
});
