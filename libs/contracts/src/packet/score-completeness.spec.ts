import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import { readPacket } from './read-packet.js';
import { scoreCompleteness, type Completeness } from './score-completeness.js';

const empty = {
  task_id: 't-1',
  original_request: 'Please help',
  steps_completed: [],
  current_state: '',
  reason_for_escalation: '',
  recommended_action: '',
  urgency: 'low',
  data_links: [],
};
const score = (changes: JsonObject): Completeness => {
  const read = readPacket({ ...empty, ...changes });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return scoreCompleteness(read.value);
};
const full = {
  steps_completed: [{ tool: 'get_order', error: true }],
  current_state: 'Waiting',
  reason_for_escalation: 'authority_limit',
  recommended_action: 'Refund it',
  data_links: ['urn:order:1'],
};

describe('scoreCompleteness', () => {
  it('warns of every field that is empty, and refuses none', () => {
    const { score: share, warnings } = score({});
    expect(share).toBe(0);
    expect(warnings.map(({ path }) => path)).toEqual([
      'steps_completed',
      'current_state',
      'reason_for_escalation',
      'recommended_action',
      'data_links',
      'attempts',
    ]);
  });

  it('is 1 without warnings where a person finds all there is to know', () => {
    expect(score(full)).toEqual({ score: 1, warnings: [] });
  });

  it.each([
    [{ data_links: ['see the order'] }, 'data_links'],
    [{ data_links: ['urn:order:1', ''] }, 'data_links'],
    [{ current_state: '  \n' }, 'current_state'],
    [{ steps_completed: ['looked'] }, 'attempts'],
  ])('warns where %j says too little', (changes, path) => {
    expect(score({ ...full, ...changes })).toMatchObject({ score: 0.83, warnings: [{ path }] });
  });

  it('takes structure for a state and attempts for what was tried', () => {
    expect(score({ ...full, current_state: { step: 4 }, steps_completed: ['looked'], attempts: ['called'] }).score).toBe(1);
  });
});
