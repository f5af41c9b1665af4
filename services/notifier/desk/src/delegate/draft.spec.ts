import { describe, expect, it } from '@jest/globals';
import type { Template } from '../api/use-delegations.js';
import { delegationOf, emptyDraft, shownOf } from './draft.js';

const template: Template = {
  id: 'research-brief',
  version: 2,
  name: 'Research brief',
  about: 'A question is answered.',
  capability: 'research',
  inputs: { type: 'object', properties: { question: { type: 'string' }, least: { type: 'integer', default: 3 } } },
  goal: 'Answer: {{question}}',
  success_criteria: [{ id: 'sourced', text: 'At least {{least}} sources', check: 'Count them' }],
  constraints: [{ kind: 'must_not', text: 'Buy' }],
};
const made = { ...emptyDraft('t-1', template), inputs: { question: 'Who?', least: 5 } };

describe('a task made from a template', () => {
  it('begins with its defaults, and shows its words with what is filled in', () => {
    expect(emptyDraft('t-1', template).inputs).toEqual({ least: 3 });
    expect(shownOf(made, template)).toMatchObject({
      goal: 'Answer: Who?',
      criteria: [{ id: 'sourced', text: 'At least 5 sources', check: 'Count them' }],
      target: { kind: 'capability', name: 'research' },
      urgency: 'medium',
    });
  });

  it('leaves to the template what nobody has changed', () => {
    expect(delegationOf(made, template)).toEqual({
      task_id: 't-1',
      template: { id: 'research-brief', version: 2, inputs: { question: 'Who?', least: 5 } },
    });
  });

  it('says what was changed', () => {
    const draft = {
      ...made,
      goal: 'Mine.',
      criteria: [...shownOf(made, template).criteria, { text: 'It is short', check: 'Read it' }],
      target: { kind: 'nobody', name: 'x' } as const,
      reviewer: 'team:a:b',
      dueBy: '2030-01-01T00:00:00Z',
    };
    expect(delegationOf(draft, template)).toMatchObject({
      goal: 'Mine.',
      success_criteria: [
        { id: 'sourced', text: 'At least 5 sources', check: 'Count them' },
        { text: 'It is short', check: 'Read it' },
      ],
      agent_target: {},
      reviewer: { kind: 'team', id: 'a:b' },
      due_by: '2030-01-01T00:00:00Z',
    });
  });
});

it('a task of one’s own says all that intake wants to hear', () => {
  const draft = { ...emptyDraft('t-2', null), goal: 'Do it.', target: { kind: 'agent_id', name: ' ann ' } as const };
  expect(delegationOf(draft, null)).toEqual({
    task_id: 't-2',
    goal: 'Do it.',
    success_criteria: [{ text: '', check: '' }],
    constraints: [],
    context: '',
    agent_target: { agent_id: 'ann' },
    urgency: 'medium',
  });
});
