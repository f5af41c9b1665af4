import { describe, expect, it } from '@jest/globals';
import type { AgentId, HandoffId, TaskId } from '@handoff/contracts';
import { chooseHandoff, type OpenOfTask } from './choose-handoff.js';

const open = (task: string, agent: string, count = 1, givenBy: string | null = null): OpenOfTask => ({
  task_id: task as TaskId,
  agent_id: agent as AgentId,
  given_by: givenBy as AgentId | null,
  count,
  handoff_id: `${task}/${agent}` as HandoffId,
});
const choose = (task: string, agent: string | null, ...all: readonly OpenOfTask[]) =>
  chooseHandoff(task as TaskId, agent as AgentId | null, all);

describe('chooseHandoff', () => {
  it('takes a task for its one open handoff', () => {
    expect(choose('t', null, open('t', 'a'), open('u', 'a'))).toEqual({ kind: 'ok', value: 't/a' });
  });

  it('is found by whoever gave it, too', () => {
    expect(choose('t', 'giver', open('t', 'a', 1, 'giver'), open('t', 'b'))).toEqual({ kind: 'ok', value: 't/a' });
  });

  it('counts one agent’s alone where the reply says who writes', () => {
    expect(choose('t', 'b', open('t', 'a'), open('t', 'b'))).toEqual({ kind: 'ok', value: 't/b' });
    expect(choose('t', null, open('t', 'a'), open('t', 'b'))).toMatchObject({ faults: [{ code: 'ambiguous_task' }] });
  });

  it('refuses none, and more than one', () => {
    expect(choose('t', null)).toMatchObject({ faults: [{ code: 'unknown_handoff' }] });
    expect(choose('t', null, open('t', 'a', 2))).toMatchObject({ faults: [{ code: 'ambiguous_task' }] });
  });
});
