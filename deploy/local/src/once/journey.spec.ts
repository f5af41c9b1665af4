import { describe, expect, it } from '@jest/globals';
import { describeJourney, Journeys, summarise } from './journey.js';

const published = (taskId: string) => ({ taskId, form: 'bare' as const, traceId: null });
const feedback = { escalation: { verdict: 'necessary', source: 'person' }, recommendation: { verdict: 'followed' }, note: 'n' };

function whole(journeys: Journeys, taskId: string): void {
  journeys.hear({ kind: 'accepted', taskId, handoffId: 'h', event: {} });
  journeys.hear({ kind: 'decision', taskId, event: { type: 'approve' } });
  journeys.hear({ kind: 'feedback', taskId, event: feedback });
}

describe('the packets of a run', () => {
  it('are done when each has been accepted, decided and told its feedback', () => {
    const journeys = new Journeys([published('a'), published('b')]);
    whole(journeys, 'a');
    expect(journeys.isOver()).toBe(false);
    whole(journeys, 'b');
    expect(journeys.isOver()).toBe(true);
    expect(summarise(journeys.all())).toMatchObject({ published: 2, accepted: 2, decided: 2, feedback: 2, missing: [] });
  });

  it('say what is missing of which', () => {
    const journeys = new Journeys([published('a')]);
    journeys.hear({ kind: 'accepted', taskId: 'a', handoffId: 'h', event: {} });
    expect(summarise(journeys.all()).missing).toEqual([{ task_id: 'a', missing: ['decision', 'feedback'], why: null }]);
  });

  it('say why one was refused, and do not wait for it', () => {
    const journeys = new Journeys([published('a')]);
    journeys.hear({ kind: 'rejected', taskId: 'a', event: { errors: [{ message: 'The urgency is missing.' }] } });
    expect(journeys.isOver()).toBe(true);
    expect(journeys.all().map(describeJourney)).toEqual(['a: MISSING accepted, decision, feedback (refused: The urgency is missing.)']);
  });

  it('are told in one line each', () => {
    const journeys = new Journeys([published('a')]);
    whole(journeys, 'a');
    const journey = journeys.of('a');
    if (journey) journey.answered = { person: 'ana', type: 'approve' };
    expect(journeys.all().map(describeJourney)).toEqual(['a: approve by ana; asking was necessary (person), recommendation followed']);
  });

  it('are not mixed with tasks of others', () => {
    const journeys = new Journeys([published('a')]);
    whole(journeys, 'z');
    expect(summarise(journeys.all())).toMatchObject({ accepted: 0, decided: 0 });
  });
});
