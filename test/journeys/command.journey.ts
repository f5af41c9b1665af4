import { SERVICES, type HandoffAccepted, type JsonObject, type Timeline } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JourneySystem } from './support/journey-system.js';
import { runHandoff, startHandoff } from './support/run-handoff.js';

interface Report {
  readonly verdict: string;
  readonly findings: readonly JsonObject[];
  readonly unseen: readonly string[];
}

let system: JourneySystem;

beforeAll(async () => {
  system = await JourneySystem.start();
});
afterAll(async () => {
  await system?.stop();
});

async function doctor(): Promise<Report & { readonly code: number }> {
  const { code, out } = await runHandoff(system, 'doctor --watch 1s --json');
  return { code, ...(JSON.parse(out) as Report) };
}

async function finding(meant: Readonly<Record<string, unknown>>): Promise<JsonObject> {
  return eventually(`a finding of ${JSON.stringify(meant)}`, async () => {
    const { findings } = await doctor();
    return findings.find((it) => Object.entries(meant).every(([name, value]) => it[name] === value));
  });
}

describe('the doctor', () => {
  it('finds nothing wrong with a system that has just started', async () => {
    const healthy = await eventually('it is healthy', async () => {
      const report = await doctor();
      return report.verdict === 'healthy' ? report : null;
    });
    expect(healthy).toMatchObject({ code: 0, findings: [], unseen: [] });
  });

  it('names the one process that does not answer, and goes on looking at the others', async () => {
    const [, second] = system.service('routing').replicas;
    await second?.stop();
    const found = await finding({ part: `routing at ${second?.url ?? ''}` });
    expect(found).toMatchObject({ check: 'services', severity: 'ticket', runbook: 'handoff-service-absent' });
    await second?.start();
  });

  it('pages, with what to do, where a service is gone altogether', async () => {
    await system.service('feedback').stop();
    expect(await finding({ part: 'feedback' })).toMatchObject({
      ...{ check: 'services', severity: 'page', runbook: 'handoff-service-absent' },
      saw: expect.stringContaining('No process of feedback answers'),
    });
    expect(await finding({ check: 'consumers' })).toMatchObject({ saw: expect.stringContaining('Nobody is in the group') });
    const { code, out } = await runHandoff(system, 'doctor --watch 1s');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('docs/runbooks/handoff-service-absent.md') });
    await system.service('feedback').start();
  });

  it('says whom a channel does not reach, and why', async () => {
    await system.agent('refunds-agent').asks(); // the first level has ben, who has no address
    expect(await finding({ part: 'channel email' })).toMatchObject({
      ...{ check: 'channels', severity: 'ticket', runbook: 'handoff-notification-attempts' },
      figures: { last_error: 'ben has no email address.' },
    });
  });
});

describe('the history of a handoff', () => {
  let handoff: HandoffAccepted;

  it('is one timeline, whichever service knows a part of it', async () => {
    const agent = system.agent('refunds-agent');
    handoff = await agent.asks();
    const ana = await system.person('ana');
    await ana.opens(handoff.handoff_id);
    await ana.moves(handoff.handoff_id, { move: 'comment', note: 'I know him' });
    await ana.answers(handoff.handoff_id, { type: 'approve' });
    await agent.feedback(handoff.handoff_id);

    const lines = await eventually('every service has told its part', async () => {
      const { lines } = await shown(handoff.handoff_id);
      return new Set(lines.map(({ service }) => service)).size === SERVICES.length ? lines : null;
    });
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
    expect(lines.map(({ service, event }) => `${service} ${event}`)).toEqual(
      expect.arrayContaining([
        'intake accepted',
        'routing asked',
        'notifier copy',
        'notifier move',
        'notifier decision',
        'sla-monitor clock',
        'feedback feedback',
      ]),
    );
    expect(lines.find(({ event }) => event === 'decision')).toMatchObject({
      who: 'ana',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('is found by its task where that has one handoff, and is printed for people', async () => {
    const { code, out } = await runHandoff(system, `show ${handoff.task_id}`);
    expect(code).toBe(0);
    expect(out).toContain(`Handoff ${handoff.handoff_id} of task ${handoff.task_id}`);
    for (const part of ['ana comments: I know him', 'ana decided approve, in time', 'The agent hears: asking was'])
      expect(out).toContain(part);
  });

  it('is refused in words where nobody has heard of it', async () => {
    expect(await runHandoff(system, 'show 01a204e1-b682-512c-aac8-e0da4bd4caf8')).toMatchObject({
      ...{ code: 1, out: '' },
      said: expect.stringContaining('There is neither a handoff nor a task'),
    });
  });

  it('names the service whose part is missing, and has the others', async () => {
    await system.service('feedback').stop();
    const { code, out, said } = await runHandoff(system, `show ${handoff.handoff_id}`);
    expect({ code, out, said }).toEqual({
      code: 1,
      out: expect.stringContaining('ana decided approve'),
      said: expect.stringContaining('Without the part of feedback: it is out of reach.'),
    });
    await system.service('feedback').start();
  });
});

describe('what happens', () => {
  it('is followed as it happens, for one handoff or all, and ends cleanly, with nobody’s reading touched', async () => {
    const tail = startHandoff(system, 'tail --json --topic decisions --topic accepted');
    await eventually('it follows', () => tail.said().includes('Following 2 topics'));
    const agent = system.agent('refunds-agent');
    const { handoff_id: id } = await agent.asks();
    const ben = await system.person('ben');
    await ben.opens(id);
    await ben.answers(id, { type: 'approve' });

    const events = await eventually('the decision is printed', () => {
      const seen = linesOf(tail.out());
      return seen.some(({ topic }) => topic === 'handoff.decisions') ? seen : null;
    });
    expect(events).toMatchObject([
      { topic: 'handoff.accepted', event: 'accepted', handoff_id: id, payload: { agent_id: 'refunds-agent' } },
      { topic: 'handoff.decisions', event: 'approve', handoff_id: id, trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    expect(await tail.interrupt()).toBe(0);
    expect(tail.said()).toContain('2 events.');
    expect(await groups()).toEqual([]);
  });

  it('is told of the last while as well, in lines for people, narrowed to what is asked for', async () => {
    const handoff = await system.agent('refunds-agent').asks();
    const tail = startHandoff(system, `tail --since 10m --handoff ${handoff.handoff_id}`);
    await eventually('it is asked', () => tail.out().includes('handoff.routed'));
    expect(await tail.interrupt()).toBe(0);
    const lines = tail.out().split('\n').filter(Boolean);
    expect(lines.filter((line) => !line.includes(handoff.handoff_id))).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/handoff\.routed +asked +\S+ {2}Support · ana, ben · Rule/));
  });
});

const linesOf = (text: string): readonly JsonObject[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JsonObject);

/** That a command has left on the broker. */
async function groups(): Promise<readonly string[]> {
  const admin = system.admin();
  await admin.connect();
  const { groups: found } = await admin.listGroups();
  await admin.disconnect();
  return found.map(({ groupId }) => groupId).filter((group) => group.startsWith('handoff-tail-'));
}

const shown = async (id: string): Promise<Timeline> => JSON.parse((await runHandoff(system, `show ${id} --json`)).out) as Timeline;
