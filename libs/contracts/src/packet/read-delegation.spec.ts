import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import { readDelegation } from './read-delegation.js';
import { readKept } from './read-handoff.js';
import { readPacket } from './read-packet.js';
import { scoreCompleteness } from './score-completeness.js';

const least: JsonObject = {
  task_id: 't-1',
  goal: 'Find three suppliers.',
  success_criteria: [{ text: 'Three are named', check: 'count them' }],
  constraints: [],
  context: 'We need cups.',
};
const faultsOf = (sent: JsonObject): readonly string[] => {
  const read = readDelegation(sent);
  return read.kind === 'faults' ? read.faults.map(({ path, code }) => `${path} ${code}`) : [];
};

describe('a delegation', () => {
  it('becomes the packet that everybody reads, and keeps what it alone says beside it', () => {
    const read = readDelegation({
      ...least,
      constraints: ['by rail'],
      agent_target: 'research',
      reviewer: 'ana',
      own: 1,
      delegated_by: 'ben',
    });
    expect(read).toMatchObject({
      kind: 'ok',
      value: {
        original_request: 'Find three suppliers.',
        current_state: { text: 'We need cups.' },
        recommended_action: { kind: 'none' },
        urgency: 'medium',
        extra: { own: 1 },
        delegation: {
          success_criteria: [{ id: '1', text: 'Three are named', check: 'count them' }],
          constraints: [{ kind: 'must', text: 'by rail' }],
          agent_target: { agent_id: 'research' },
          reviewer: { kind: 'person', id: 'ana' },
          delegated_by: 'ben',
        },
      },
    });
  });

  it.each<[string, JsonObject, string]>([
    ['an empty goal', { goal: '' }, 'goal empty'],
    ['no criterion', { success_criteria: [] }, 'success_criteria empty'],
    ['a criterion that nobody can check', { success_criteria: ['It is good'] }, 'success_criteria[0].check missing'],
    [
      'two criteria of one name',
      {
        success_criteria: [
          { id: 'a', text: 'x', check: 'y' },
          { id: 'a', text: 'x', check: 'y' },
        ],
      },
      'success_criteria[1].id not_allowed_value',
    ],
    ['an unknown kind of constraint', { constraints: [{ kind: 'may', text: 'x' }] }, 'constraints[0].kind not_allowed_value'],
    ['a day that is none', { due_by: '2026-02-30T00:00:00Z' }, 'due_by bad_format'],
  ])('with %s is refused by that path', (_, over, fault) => {
    expect(faultsOf({ ...least, ...over })).toEqual([fault]);
  });

  it.each(Object.keys(least))('without %s is refused by that name', (field) => {
    expect(faultsOf(Object.fromEntries(Object.entries(least).filter(([key]) => key !== field)))).toEqual([`${field} missing`]);
  });

  it('is read again as it is kept, as it was sent or as the packet that was made of it', () => {
    const read = readDelegation(least);
    if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
    const kept = JSON.parse(JSON.stringify(read.value)) as JsonObject;
    expect(readKept('delegation', kept)).toEqual(read);
    expect(readKept('delegation', least)).toEqual(read);
  });

  it('is told what its agent will miss, by the words of whoever gives it', () => {
    const warnings = (sent: JsonObject) => {
      const read = readDelegation(sent);
      return read.kind === 'ok' ? scoreCompleteness(read.value).warnings.map(({ path }) => path) : [];
    };
    expect(warnings(least)).toEqual(['constraints', 'decision_rights', 'due_by', 'output_schema']);
    const all = { constraints: ['by rail'], decision_rights: {}, due_by: '2030-01-01T00:00:00Z', output_schema: {} };
    expect(warnings({ ...least, ...all })).toEqual([]);
  });

  it('is no part of what an agent asks: there the word is one of its own', () => {
    const eight = { task_id: 't', original_request: 'r', steps_completed: [], current_state: '', reason_for_escalation: '' };
    const asked = readPacket({ ...eight, recommended_action: '', urgency: 'low', data_links: [], delegation: { mine: true } });
    expect(asked).toMatchObject({ kind: 'ok', value: { extra: { delegation: { mine: true } } } });
  });
});
