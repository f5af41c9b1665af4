import { describe, expect, it } from '@jest/globals';
import type { DecisionId } from '@handoff/contracts';
import { accepted, armed, asked, decision, iso, moment, nothing, told } from './events.for-spec.js';
import { followAccepted } from './follow-accepted.js';
import { followDecision } from './follow-decision.js';
import { followRouted } from './follow-routed.js';
import { settleResult, timeToDecision } from './settle-result.js';

const levelOne = () => followRouted(followAccepted(nothing(), accepted(), moment(0)).watch, asked(), moment(1)).watch;

describe('a decision', () => {
  it('stops every clock', () => {
    expect(armed(followDecision(levelOne(), decision()).watch)).toBe('');
  });

  it.each([
    [600, true],
    [900, true],
    [900.001, false],
  ])('at second %d of 900 settles the SLA: met is %s', (second, met) => {
    const change = settleResult(followDecision(levelOne(), decision({ decided_at: iso(second) })));
    expect(change.said).toMatchObject([{ event: 'result', sequence: 1, result: { class: 'critical', met, due_at: iso(900) } }]);
    expect(change.watch.handoff.met).toBe(met);
  });

  it.each([
    ['12:15:00.000000Z', true],
    ['12:15:00.000001Z', false],
    ['14:14:59.9999999+02:00', true],
    ['14:15:00.0000001+02:00', false],
  ])('at %s is judged by what is finer than a millisecond, too: met is %s', (time, met) => {
    const change = settleResult(followDecision(levelOne(), decision({ decided_at: `2026-03-01T${time}` })));
    expect(change.said).toMatchObject([{ result: { met } }]);
  });

  it('that comes before routing’s word is settled when that comes, once', () => {
    const early = settleResult(followDecision(nothing(), decision()));
    expect(told(early)).toEqual([]);
    const settled = settleResult(followRouted(early.watch, asked(), moment(700)));
    expect(told(settled)).toEqual(['result decide_by 0']);
    expect(told(settleResult(followRouted(settled.watch, asked({ sequence: 2 }), moment(701))))).toEqual([]);
  });

  it('that names the SLA itself waits for nobody', () => {
    const sla = { class: 'critical' as const, due_at: iso(500), met: false };
    expect(settleResult(followDecision(nothing(), decision({ sla }))).said).toMatchObject([{ result: { met: false, due_at: iso(500) } }]);
  });

  it('that nobody made is no result', () => {
    expect(told(settleResult(followDecision(levelOne(), decision({ type: 'withdrawn' }))))).toEqual([]);
    const repeats = 'b5b1e1f0-9a39-4d2e-8a57-0b9f6d2c1e03' as DecisionId;
    expect(told(settleResult(followDecision(levelOne(), decision({ repeats }))))).toEqual([]);
  });

  it('absorbs another one', () => {
    const { watch } = settleResult(followDecision(levelOne(), decision()));
    expect(followDecision(watch, decision({ sequence: 2, decided_at: iso(950) })).watch).toBe(watch);
  });
});

describe('the time to a decision', () => {
  it('is known with the decision', () => {
    const before = levelOne();
    expect(timeToDecision(before.handoff, followDecision(before, decision()).watch.handoff)).toBe(600);
  });

  it('is known with the acceptance where that comes last, and told once', () => {
    const decided = followDecision(nothing(), decision()).watch;
    const known = followAccepted(decided, accepted(), moment(700)).watch;
    expect(timeToDecision(nothing().handoff, decided.handoff)).toBeNull();
    expect(timeToDecision(decided.handoff, known.handoff)).toBe(600);
    expect(timeToDecision(known.handoff, known.handoff)).toBeNull();
  });
});
