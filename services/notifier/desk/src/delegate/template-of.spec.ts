import { expect, it } from '@jest/globals';
import type { Template } from '../api/use-delegations.js';
import { emptyDraft } from './draft.js';
import { templateOf } from './template-of.js';

const template: Template = {
  ...{ id: 'brief', version: 3, name: 'Brief', about: '', inputs: {}, goal: 'Answer: {{question}}' },
  ...{ success_criteria: [], constraints: [] },
};

it('a copy says what was changed, and leaves the rest to the template', () => {
  const draft = emptyDraft('t', template);
  expect(templateOf(draft, template)).toEqual({ from: { id: 'brief', version: 3 } });
  expect(
    templateOf(
      {
        ...draft,
        goal: 'Ours.',
        criteria: [
          { id: 'x', text: 'a', check: 'b' },
          { text: 'c', check: 'd' },
        ],
      },
      template,
    ),
  ).toEqual({
    from: { id: 'brief', version: 3 },
    goal: 'Ours.',
    success_criteria: [
      { id: 'x', text: 'a', check: 'b' },
      { id: '2', text: 'c', check: 'd' },
    ],
  });
});
