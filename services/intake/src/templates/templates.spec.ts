import { describe, expect, it } from '@jest/globals';
import { readDelegation, type JsonObject } from '@handoff/contracts';
import { readTemplates } from './read-templates.js';
import { withTemplate, type FindTemplate } from './with-template.js';

const all = readTemplates();
const find: FindTemplate = (id, version) => all.find((it) => it.id === id && (version === null || it.version === version)) ?? null;
const filled = (template: JsonObject, over: JsonObject = {}) => withTemplate({ task_id: 't', template, ...over }, find);

describe('the templates that ship', () => {
  it('are of the eight types of task', () => {
    expect(all.map(({ id }) => id)).toEqual([
      'code-change',
      'customer-reply-draft',
      'data-extraction',
      'document-review',
      'incident-diagnosis',
      'monitoring-watch',
      'refund-decision',
      'research-brief',
    ]);
  });

  it.each(all.map((it) => [it.id, it] as const))(
    '%s makes a valid delegation of its example, in which nothing is left to fill in',
    (id, template) => {
      const made = filled({ id, version: 1, inputs: template.example ?? {} });
      const read = made.kind === 'ok' ? readDelegation(made.value) : made;
      expect(read).toMatchObject({
        kind: 'ok',
        value: { delegation: { template: { id, version: 1 }, agent_target: { capability: template.capability } } },
      });
      expect(JSON.stringify(read)).not.toMatch(/\{\{/);
    },
  );
});

it('no words of a template are cut by a comma that ends them', () => {
  const parts = all.flatMap(({ success_criteria, constraints }) => [...success_criteria, ...constraints]);
  const strange = parts.flatMap((part) => Object.keys(part)).filter((name) => !['id', 'text', 'check', 'kind'].includes(name));
  expect(strange).toEqual([]);
});

describe('a delegation that names a template', () => {
  const inputs = { question: 'Who sells cups?' };

  it('says by itself what it says, and takes the rest, defaults included', () => {
    const made = filled({ id: 'research-brief', inputs }, { goal: 'Mine.', agent_target: 'ann' });
    expect(made).toMatchObject({
      kind: 'ok',
      value: {
        goal: 'Mine.',
        agent_target: 'ann',
        template: { id: 'research-brief', version: 1, inputs: { question: 'Who sells cups?', sources_at_least: 3 } },
        success_criteria: [
          { id: 'answered' },
          { id: 'sourced', text: 'Each claim names a source; at least 3 are named' },
          { id: 'both-sides' },
        ],
      },
    });
  });

  it.each<[string, JsonObject, string]>([
    ['a template that is not there', { id: 'none', inputs }, 'template.id unknown_template'],
    ['a version that is not there', { id: 'research-brief', version: 9, inputs }, 'template.id unknown_template'],
    ['an input left out', { id: 'research-brief', inputs: {} }, 'template.inputs.question missing'],
    [
      'an input of another type',
      { id: 'research-brief', inputs: { ...inputs, sources_at_least: 'x' } },
      'template.inputs.sources_at_least breaks_schema',
    ],
    ['an input that it does not know', { id: 'research-brief', inputs: { ...inputs, own: 1 } }, 'template.inputs.own breaks_schema'],
  ])('is refused for %s, by its path', (_, template, fault) => {
    const made = filled(template);
    expect(made.kind === 'faults' && made.faults.map(({ path, code }) => `${path} ${code}`)).toEqual([fault]);
  });

  it('is as it was where it names none', () => {
    expect(withTemplate({ goal: 'x' }, find)).toEqual({ kind: 'ok', value: { goal: 'x' } });
  });
});
