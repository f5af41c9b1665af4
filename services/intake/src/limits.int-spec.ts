import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AUDIT_AGENT,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffControls,
  handoffDecisions,
  handoffEscalations,
  handoffRejected,
  newId,
  type HandoffAccepted,
  type HandoffControl,
  type HandoffRejected,
  type JsonObject,
} from '@handoff/contracts';
import { aDecision, bareFields, eventually, startTestService, type TestService } from '@handoff/testing';
import { giveKey } from './give-key.for-spec.js';

const PER_MINUTE = 10;
const OPEN = 15;
let door: TestService;
let agent: string;
let clock = Date.parse('2026-03-01T12:00:00Z');

beforeAll(async () => {
  const env = {
    DATA_KEY: randomBytes(32).toString('base64'),
    AGENT_RATE_PER_MINUTE: String(PER_MINUTE),
    AGENT_OPEN_HANDOFFS: String(OPEN),
  };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env, replicas: 2 });
  await passes(0);
}, 60_000);

afterAll(async () => {
  await door?.stop();
  for (const name of ['AGENT_RATE_PER_MINUTE', 'AGENT_OPEN_HANDOFFS']) delete process.env[name];
});

beforeEach(() => {
  agent = `agent-${newId()}`;
});

/** The database's clock stands still in between, so that no token comes by itself. */
async function passes(seconds: number): Promise<void> {
  clock += seconds * 1000;
  const now = new Date(clock).toISOString();
  await door.query(`CREATE OR REPLACE FUNCTION handoff_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT timestamptz ''${now}'''`);
}

const packets = (count: number, over: JsonObject = {}): readonly JsonObject[] =>
  Array.from({ length: count }, () => bareFields({ agent: { id: agent }, ...over }));

/** From several producers at once, over all partitions, so that both replicas have their share. */
async function send(sent: readonly JsonObject[]): Promise<void> {
  const records = sent.map((value) => ({ key: String(value['task_id']), value: JSON.stringify(value) }));
  const shares = [0, 1, 2, 3].map((share) => records.filter((_, at) => at % 4 === share));
  await Promise.all(shares.map((share) => door.deliverRaw(handoffEscalations, share)));
}

const settled = async (sent: readonly JsonObject[]) => {
  const tasks = new Set(sent.map((it) => it['task_id']));
  return eventually('each is answered', async () => {
    const accepted = (await door.published(handoffAccepted)).filter((it) => tasks.has(it.task_id));
    const rejected = (await door.published(handoffRejected)).filter((it) => tasks.has(it.task_id ?? ''));
    return accepted.length + rejected.length >= sent.length && { accepted, rejected };
  });
};

const codesOf = (rejected: readonly HandoffRejected[]): readonly string[] => [
  ...new Set(rejected.flatMap(({ errors }) => errors.map((it) => it.code))),
];

const answered = (handoffs: readonly HandoffAccepted[]) =>
  door.deliver(
    handoffDecisions,
    handoffs.map((it) => aDecision(it)),
  );

describe('an agent that asks too fast', () => {
  it('is refused beyond its rate, however many replicas read, and others are not', async () => {
    const [many, other] = [packets(40), packets(1, { agent: { id: `${agent}-other` } })];
    await send([...many, ...other]);
    const { accepted, rejected } = await settled(many);
    expect(accepted).toHaveLength(PER_MINUTE);
    expect(codesOf(rejected)).toEqual(['rate_limited']);
    expect(rejected.map((it) => it.retry_after ?? 0).every((seconds) => seconds >= 6 && seconds <= 180)).toBe(true);
    expect((await settled(other)).accepted).toHaveLength(1);
  });

  it('is not counted twice for what it sends twice, and what was refused is new when it comes again', async () => {
    const many = packets(PER_MINUTE + 2);
    await send(many);
    const { accepted, rejected } = await settled(many);
    const [known, refused] = [accepted, rejected].map((events) => {
      const tasks = new Set(events.map(({ task_id }) => task_id));
      return many.filter((it) => tasks.has(it['task_id'] as HandoffAccepted['task_id']));
    });
    await send(known ?? []); // repeats, all of them known
    await passes(12);
    await send(refused ?? []);
    const tasks = new Set(many.map((it) => it['task_id']));
    await eventually('all are accepted', async () => {
      const now = (await door.published(handoffAccepted)).filter(({ task_id }) => tasks.has(task_id));
      return now.length === many.length;
    });
    expect((await door.published(handoffRejected)).filter((it) => tasks.has(it.task_id ?? ''))).toHaveLength(2);
  });

  it('hears over HTTP when to come back, and a repeat is answered as ever', async () => {
    const key = await giveKey(door, agent);
    const post = (packet: JsonObject, replica: number) =>
      fetch(`${door.urls[replica] ?? ''}/v1/handoffs`, {
        method: 'POST',
        body: JSON.stringify(packet),
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      });
    const many = packets(PER_MINUTE + 1);
    const answers = await Promise.all(many.map((packet, at) => post(packet, at % 2)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: PER_MINUTE }, () => 201), 429]);
    const [tooMuch] = answers.filter(({ status }) => status === 429);
    expect(tooMuch?.headers.get('retry-after')).toBe('6');
    expect(await tooMuch?.json()).toMatchObject({ code: 'rate_limited', retry_after: 6 });
    const known = many[answers.findIndex(({ status }) => status === 201)];
    expect((await post(known ?? {}, 1)).status).toBe(200);
  });

  it('is the same one for all records that name nobody, and never the audit', async () => {
    const [nobodys, audit] = [packets(PER_MINUTE + 3).map(({ agent: _, ...rest }) => rest), packets(20, { agent: { id: AUDIT_AGENT } })];
    await send([...nobodys, ...audit]);
    expect((await settled(nobodys)).accepted).toHaveLength(PER_MINUTE);
    expect((await settled(audit)).accepted).toHaveLength(20);
  });
});

describe('an agent with too many open handoffs', () => {
  it('is refused until some have ended, and then takes up where it was', async () => {
    const first = packets(PER_MINUTE);
    await send(first);
    await passes(60);
    const more = packets(PER_MINUTE);
    await send(more);
    const { accepted, rejected } = await settled(more);
    expect(accepted).toHaveLength(OPEN - PER_MINUTE);
    expect(rejected).toHaveLength(2 * PER_MINUTE - OPEN);
    expect([codesOf(rejected), rejected[0]?.retry_after]).toEqual([['too_many_open'], 60]);
    await answered((await settled(first)).accepted.slice(0, 3));
    await passes(60);
    const late = packets(5);
    await send(late);
    const then = await settled(late);
    expect([then.accepted.length, codesOf(then.rejected)]).toEqual([3, ['too_many_open']]);
  });

  it('is never refused for what was answered long ago', async () => {
    for (let round = 0; round < 4; round++) {
      const sent = packets(PER_MINUTE);
      await send(sent);
      const { accepted } = await settled(sent);
      expect(accepted).toHaveLength(PER_MINUTE);
      await answered(accepted);
      await passes(60);
    }
  });
});

describe('an agent that people have paused', () => {
  const pause = (version: number, over: Partial<HandoffControl> = {}): HandoffControl => ({
    ...{ tenant: DEFAULT_TENANT, id: `default/agent/${agent}`, control: 'agent', name: agent, paused: true, reason: 'It loops.', version },
    ...{
      until: new Date(clock + 90_000).toISOString(),
      changed_by: 'ben' as HandoffControl['changed_by'],
      changed_at: new Date(clock).toISOString(),
    },
    ...over,
  });

  it('is refused with the reason and when to come back, and what it asked before goes on', async () => {
    const before = packets(1);
    await send(before);
    await settled(before);
    await door.deliver(handoffControls, [pause(1)]);
    const during = packets(3);
    await send([...during, ...before]);
    const { accepted, rejected } = await settled(during);
    expect([accepted.length, codesOf(rejected), rejected[0]?.retry_after]).toEqual([0, ['agent_paused'], 90]);
    expect(rejected[0]?.errors[0]?.message).toContain('It loops.');
    expect((await settled(before)).rejected).toEqual([]); // a repeat is answered as ever
    await passes(90);
    await send(during);
    await eventually('the same are accepted once the pause is over', async () => (await settled(during)).accepted.length === 3);
  });

  it('goes on at once where people end the pause, however late an older word comes', async () => {
    await door.deliver(handoffControls, [pause(1), pause(2, { paused: false })]);
    await door.deliver(handoffControls, [pause(1)]);
    const sent = packets(2);
    await send(sent);
    expect((await settled(sent)).accepted).toHaveLength(2);
  });
});
