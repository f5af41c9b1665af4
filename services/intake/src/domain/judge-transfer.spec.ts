import { describe, expect, it } from '@jest/globals';
import { newId, readTransfer, type AgentId, type DecisionRights, type HandoffId, type JsonObject, type Packet } from '@handoff/contracts';
import { handsOf, judgeTransfer, lastHandFor, type LastHand, type TransferGrounds } from './judge-transfer.js';

const B = 'b' as AgentId;

function packet(over: JsonObject = {}): Packet {
  const read = readTransfer({
    ...{ task_id: 't', from: 'b', to: 'c', goal: 'g', results: [], remaining: [], decisions: [], provenance: [], constraints: [] },
    accumulated_state: { schema_id: 'acme/run/2', value: {} },
    ...over,
  });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.value;
}

const taken = (over: Partial<LastHand> = {}): LastHand => ({
  ...{ handoffId: newId<HandoffId>(), kind: 'transfer', takenBy: B, rights: null },
  hands: ['a'] as AgentId[],
  ...over,
});
const delegated = (takenBy: string | null): LastHand => taken({ kind: 'delegation', hands: [], takenBy: takenBy as AgentId | null });
const judged = (over: JsonObject, grounds: Partial<TransferGrounds> = {}): readonly string[] =>
  judgeTransfer(B, packet(over), { last: taken(), readable: null, mostHops: 8, stored: new Set(), ...grounds }).map(
    ({ path, code }) => `${path} ${code}`,
  );

const RIGHTS: DecisionRights = { may: ['choose the courier'], must_ask: ['refunds abroad'], authority: [{ unit: 'EUR', up_to: 50 }] };
const rights = (over: Partial<DecisionRights> = {}): JsonObject => ({ decision_rights: { ...RIGHTS, ...over } as unknown as JsonObject });
const given = { last: taken({ rights: RIGHTS }) };

describe('a transfer, as things stand', () => {
  it('may go on: whoever has the task passes it to one that has not had it', () => {
    expect(judged({})).toEqual([]);
    expect(handsOf(B, taken())).toEqual(['a', 'b']);
    expect(judged(rights(), given)).toEqual([]);
    expect(judged(rights({ may: [], authority: [{ unit: 'EUR', up_to: 20 }] }), given)).toEqual([]);
  });

  it('comes after the chain that its sender is in, where several tasks have one name', () => {
    const [own, passedOn, newer] = [taken(), taken({ hands: ['x', 'y'] as AgentId[], takenBy: null }), delegated('z')];
    const before = (sender: string) => lastHandFor(sender as AgentId, [newer, passedOn, own]);
    expect([before('b'), before('x'), before('z'), before('stranger')]).toEqual([own, passedOn, newer, newer]);
    expect(lastHandFor(B, [])).toBeNull();
  });

  it('may go on before this service has heard who took it', () => {
    expect(judged({}, { last: taken({ takenBy: null }) })).toEqual([]);
    expect(judged({}, { last: delegated(null) })).toEqual([]);
    expect(judged({}, { last: null })).toEqual([]);
  });

  it.each<[string, JsonObject, Partial<TransferGrounds>, string]>([
    ['back to who had it before', { to: 'a' }, {}, 'to.agent_id cycle'],
    ['to its own sender', { to: 'b' }, {}, 'to.agent_id cycle'],
    ['once too often', {}, { mostHops: 1 }, ' too_many_hops'],
    ['by one that has passed it on', {}, { last: taken({ hands: ['a', 'b'] as AgentId[], takenBy: null }) }, 'from not_holder'],
    ['by one that another took it from', {}, { last: taken({ takenBy: 'x' as AgentId }) }, 'from not_holder'],
    ['by one that does not hold what was given', {}, { last: delegated('x') }, 'from not_holder'],
    ['in a state that its receiver does not read', {}, { readable: ['acme/run/1'] }, 'accumulated_state.schema_id unknown_schema_major'],
    [
      'without what it says is stored',
      { accumulated_state: { schema_id: 'a/1', stored: true, sha256: 'a'.repeat(64) } },
      {},
      'accumulated_state unknown_object',
    ],
    ['with a larger amount', rights({ authority: [{ unit: 'EUR', up_to: 51 }] }), given, 'decision_rights.authority[0] authority_exceeded'],
    [
      'with an amount in another unit',
      rights({ authority: [{ unit: 'USD', up_to: 1 }] }),
      given,
      'decision_rights.authority[0] authority_exceeded',
    ],
    ['with a right that its sender has not', rights({ may: ['close the shop'] }), given, 'decision_rights.may[0] authority_exceeded'],
    ['without what has to be asked about', rights({ must_ask: [] }), given, 'decision_rights.must_ask authority_exceeded'],
    ['without any bound where there was one', {}, given, 'decision_rights authority_exceeded'],
  ])('may not go %s', (_, over, grounds, fault) => {
    expect(judged(over, grounds)).toEqual([fault]);
  });
});
