import {
  handoffClock,
  handoffDecisions,
  handoffFeedback,
  handoffRouted,
  type HandoffClock,
  type HandoffRouted,
  type Timeline,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';
import { runHandoff } from './support/run-handoff.js';

let system: JourneySystem;
let chloe: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  chloe = await system.person('chloe');
});
afterAll(() => system?.stop());

describe('a critical handoff that three levels let pass, each within seconds', () => {
  it('is asked of each in turn though every service is restarted in between, and the last one decides, late', async () => {
    const agent = system.agent('hasty-agent');
    const { handoff_id, task_id } = await agent.asks({ urgency: 'high' });
    const asked = async (number: number, cycle = 1): Promise<HandoffRouted> =>
      system.event(
        `level ${number} is asked, cycle ${cycle}`,
        handoffRouted,
        (it) => it.handoff_id === handoff_id && it.level.number === number && it.cycle === cycle,
      );
    for (const level of [1, 2]) {
      await asked(level);
      await system.restartAll();
    }
    const last = await asked(3);
    expect(last).toMatchObject({ asked: ['chloe'], may_decide: ['support', 'leads', 'managers'], unattended: false });
    expect(last.before).toEqual([
      { level: 1, asked: ['ana', 'ben'], moved_because: expect.stringMatching(/^No decision by /) },
      { level: 2, asked: ['ben'], moved_because: expect.stringMatching(/^No decision by /) },
    ]);
    await asked(3, 2); // the third level was late, too: it is asked again, for silence is never consent

    expect(await chloe.opens(handoff_id)).toMatchObject({ before: last.before, packet: { task_id } });
    expect(await chloe.answers(handoff_id, { type: 'approve' })).toMatchObject({ status: 201 });

    const decision = await agent.decision(handoff_id);
    expect(decision).toMatchObject({ decided_by: [{ subject: 'chloe', level: 3 }], sla: { class: 'critical', met: false } });
    const result = await clock(handoff_id, 'result');
    expect(result.result).toMatchObject({ class: 'critical', met: false, decided_at: decision.decided_at });
    await agent.feedback(handoff_id);

    const turns = (await system.events(handoffRouted)).filter(of(handoff_id)).map(({ level, cycle }) => `${level.number}/${cycle}`);
    const again = Array.from({ length: turns.length - 2 }, (_, repeats) => `3/${repeats + 1}`);
    expect(turns).toEqual(['1/1', '2/1', ...again]); // none skipped, none repeated
    const clocks = (await system.events(handoffClock)).filter(of(handoff_id));
    const breaches = clocks.filter(({ event }) => event === 'breached').map(({ level, cycle }) => `${level}/${cycle}`);
    expect(breaches.slice(0, turns.length - 1)).toEqual(turns.slice(0, -1));
    expect((await system.events(handoffDecisions)).filter(of(handoff_id))).toHaveLength(1);

    const { out } = await runHandoff(system, `show ${handoff_id} --json`);
    const { lines, gaps } = JSON.parse(out) as Timeline;
    const told = (event: string): readonly string[] => lines.filter((it) => it.event === event).map(({ text }) => text);
    expect(gaps).toEqual([]);
    expect(told('asked')).toEqual([expect.stringMatching(/^Level 1 of 3/)]);
    expect(told('passed_on').slice(0, 3)).toEqual([
      expect.stringMatching(/^Level 2 of 3.*: ben\./),
      expect.stringMatching(/^Level 3 of 3.*: chloe\./),
      expect.stringMatching(/^Level 3 of 3.*for the 2nd time/),
    ]);
    expect(told('late').slice(0, 2)).toEqual([
      expect.stringMatching(/^The time of level 1 was over/),
      expect.stringMatching(/^The time of level 2 was over/),
    ]);
    expect(told('late').at(-1)).toMatch(/^The SLA \(critical\) was missed/);
  }, 90_000);
});

describe('a critical handoff that arrives while routing is away', () => {
  it('is reported unrouted on time and paged to the fallback; once routing is back it is asked, and decided', async () => {
    await Promise.all([system.service('sla-monitor').restart({ ROUTE_BY_SECONDS: '2' }), system.service('routing').stop()]);
    const agent = system.agent('refunds-agent');
    const { handoff_id, accepted_at } = await agent.asks({ urgency: 'high' });

    const unrouted = await clock(handoff_id, 'unrouted');
    expect(unrouted).toMatchObject({ clock: 'route_by', level: 0 });
    expect(secondsBetween(accepted_at, unrouted.due_at)).toBeGreaterThanOrEqual(2);
    expect(secondsBetween(unrouted.due_at, unrouted.fired_at)).toBeLessThan(2);
    await eventually('the fallback is paged', () =>
      system.catcher
        .messages()
        .find((it) => it.kind === 'webhook' && it.name === 'fallback' && it.is_signed && JSON.stringify(it.body).includes(handoff_id)),
    );

    await system.service('routing').start();
    const ana = await system.person('ana');
    expect(await ana.opens(handoff_id)).toMatchObject({ level: { number: 1 }, asked: ['ana', 'ben'] });
    await ana.answers(handoff_id, { type: 'approve' });
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'approve', decided_by: [{ subject: 'ana' }] });
    await agent.feedback(handoff_id);
  });
});

describe('a handoff that arrives while notifier and feedback are away', () => {
  it('is routed all the same, waits for the desk to come back, and its decision does not wait for feedback', async () => {
    await Promise.all([system.service('notifier').stop(), system.service('feedback').stop()]);
    const agent = system.agent('refunds-agent');
    const { handoff_id } = await agent.asks();
    await system.event('it is routed', handoffRouted, of(handoff_id));

    await system.service('notifier').start();
    await chloe.looksAt(handoff_id); // her session has outlived it
    const ana = await system.person('ana');
    await ana.opens(handoff_id);
    await ana.answers(handoff_id, { type: 'approve' });
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'approve' });
    expect((await system.events(handoffFeedback)).filter(of(handoff_id))).toEqual([]);

    await system.service('feedback').start();
    expect(await agent.feedback(handoff_id)).toMatchObject({ revision: 1 });
  });
});

const of = (handoffId: string) => (it: { readonly handoff_id: string }) => it.handoff_id === handoffId;

const clock = async (handoffId: string, event: HandoffClock['event']): Promise<HandoffClock> =>
  system.event(`${event} is told`, handoffClock, (it) => it.handoff_id === handoffId && it.event === event);

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;
