import { describe, expect, it } from '@jest/globals';
import { newId, type AgentId, type HandoffId, type PersonId } from '@handoff/contracts';
import { tellHands, type HandledHandoff } from './tell-hands.js';

const at = (minute: number): string => `2026-11-28T10:0${minute}:00.000Z`;
const FINDER = 'finder' as AgentId;
const aHandoff = (over: Partial<HandledHandoff>): HandledHandoff => ({
  ...{ handoff_id: newId<HandoffId>(), kind: 'escalation', agent_id: FINDER, accepted_at: at(0) },
  ...{ ended_at: null, ended_as: null, ended_by: [], hands: [] },
  ...over,
});
const ended = (minute: number, ended_as: string) => ({ ended_at: at(minute), ended_as, ended_by: ['ana' as PersonId] });

describe('the history of a task', () => {
  it('is one, of what was given and of what was asked meanwhile, with whose hands it was in', () => {
    const history = [
      { event: 'offered', at: at(1) },
      { event: 'confirmed', at: at(2) },
      { event: 'delivered', at: at(5) },
    ];
    const given = aHandoff({ kind: 'delegation', hands: [{ agent_id: FINDER, history }], ...ended(6, 'approve') });
    const asked = aHandoff({ accepted_at: at(3), ...ended(4, 'edit') });
    expect(tellHands([given, asked]).map(({ kind, event, who }) => `${kind} ${event} ${who.join()}`)).toEqual([
      'delegation accepted ',
      'delegation offered finder',
      'delegation confirmed finder',
      'escalation accepted finder',
      'escalation edit ana',
      'delegation delivered finder',
      'delegation approve ana',
    ]);
  });
});
