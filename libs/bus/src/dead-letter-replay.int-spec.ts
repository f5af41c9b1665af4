import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { deadLetterTopic, handoffAccepted, handoffEscalations, handoffRouted, type HandoffAccepted } from '@handoff/contracts';
import { PlatformModule, ServiceConfig, type StartOptions } from '@handoff/runtime';
import { anAcceptedHandoff, aRouting, startTestService, type TestService } from '@handoff/testing';
import { Controller, Inject, Module } from '@nestjs/common';
import { Consumes, ConsumesDeadLetters, DeadLetterReplay, type InboundRecord, type Replay, type Transaction } from './index.js';

type Handle = (batch: readonly HandoffAccepted[], tx: Transaction) => Promise<void>;

/** What the handlers do, set by each test. */
let onAccepted: Handle;
let onEscalation: (record: InboundRecord, tx: Transaction) => void = () => undefined;
let onDeadLetter: (record: InboundRecord) => void = () => undefined;
/** One of each replica. */
const replays: DeadLetterReplay[] = [];

@Controller()
class Consumers {
  constructor(@Inject(DeadLetterReplay) replay: DeadLetterReplay) {
    replays.push(replay);
  }

  @Consumes(handoffAccepted)
  async accepted(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    await onAccepted(batch, tx);
  }

  @Consumes(handoffEscalations)
  async escalations(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    for (const record of batch) onEscalation(record, tx);
  }

  @ConsumesDeadLetters([handoffAccepted])
  async deadLetters(batch: readonly InboundRecord[]): Promise<void> {
    batch.forEach((record) => onDeadLetter(record));
  }
}

const load = async () => {
  @Module({ imports: [PlatformModule.for({ service: 'routing', config: ServiceConfig, migrations: [] })], controllers: [Consumers] })
  class ReplayModule {}
  return { bus: { service: 'routing', module: ReplayModule, config: ServiceConfig } satisfies StartOptions };
};

const route: Handle = async (batch, tx) => {
  await tx.rows('INSERT INTO effects SELECT unnest($1::uuid[])', [batch.map((it) => it.handoff_id)]);
  tx.publish(
    handoffRouted,
    batch.map((it) => aRouting(it)),
  );
};
const refuseAll: Handle = async () => {
  throw new TypeError('cannot read this one');
};

describe('a dead letter, with two replicas', () => {
  let bus: TestService;
  beforeAll(async () => {
    onAccepted = route;
    bus = await startTestService({ service: 'routing', load, replicas: 2 });
    await bus.query('CREATE TABLE effects (handoff_id uuid)');
  });
  afterEach(() => {
    onAccepted = route;
    onEscalation = () => undefined;
    onDeadLetter = () => undefined;
  });
  afterAll(() => bus.stop());

  const [first, second] = [0, 1].map((at) => (id: string): Promise<Replay> => {
    const replay = replays[at];
    if (!replay) throw new Error('There are not two replicas.');
    return replay.replay(id, `operator-${at + 1}`);
  }) as [(id: string) => Promise<Replay>, (id: string) => Promise<Replay>];

  interface Row {
    readonly id: string;
    readonly state: string;
    readonly attempts: number;
    readonly last_error: string | null;
    readonly attempted_by: string | null;
  }
  const rows = (): Promise<Row[]> =>
    bus.query<Row>(
      `SELECT id, CASE WHEN replayed_at IS NULL THEN 'waiting' ELSE 'replayed' END AS state, attempts, last_error, attempted_by
       FROM dead_letters ORDER BY died_at DESC, id`,
    );
  const newest = async (): Promise<Row> => {
    const [row] = await rows();
    if (!row) throw new Error('There is no dead letter.');
    return row;
  };
  /** One that the handler cannot take; the error is its own, so that it does not look like ours. */
  const die = async (): Promise<{ readonly handoff: HandoffAccepted; readonly id: string }> => {
    const handoff = anAcceptedHandoff();
    onAccepted = async () => {
      throw new TypeError(`cannot read ${handoff.handoff_id}`);
    };
    await bus.deliver(handoffAccepted, [handoff]);
    return { handoff, id: (await newest()).id };
  };
  const effectsOf = async ({ handoff_id }: HandoffAccepted) => ({
    rows: (await bus.query('SELECT 1 FROM effects WHERE handoff_id = $1', [handoff_id])).length,
    events: (await bus.published(handoffRouted)).filter((it) => it.handoff_id === handoff_id).length,
  });

  it('takes effect by a replay, with its events, and is kept with who did it', async () => {
    const { handoff, id } = await die();
    onAccepted = route;
    expect(await first(id)).toMatchObject({ kind: 'replayed', attempts: 1 });
    expect(await effectsOf(handoff)).toEqual({ rows: 1, events: 1 });
    expect(await newest()).toMatchObject({ id, state: 'replayed', attempts: 1, attempted_by: 'operator-1', last_error: null });
    const record = (await bus.publishedRecords(handoffRouted.topic)).find(({ key }) => key === handoff.handoff_id);
    expect(record?.headers).toMatchObject({ causationid: expect.any(String) }); // its cause is the record's
  });

  it('takes effect once, however often it is replayed', async () => {
    const { handoff, id } = await die();
    onAccepted = route;
    await first(id);
    expect(await second(id)).toMatchObject({ kind: 'already-replayed', by: 'operator-1' });
    expect(await effectsOf(handoff)).toEqual({ rows: 1, events: 1 });
  });

  it('takes effect once where both replicas are asked at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const { handoff, id } = await die();
      onAccepted = route;
      const kinds = (await Promise.all([first(id), second(id), first(id), second(id)])).map(({ kind }) => kind);
      expect(kinds.toSorted()).toEqual(['already-replayed', 'already-replayed', 'already-replayed', 'replayed']);
      expect(await effectsOf(handoff)).toEqual({ rows: 1, events: 1 });
    }
  });

  it('that fails again says so, and nothing else has changed', async () => {
    const { handoff, id } = await die();
    onAccepted = async (batch, tx) => {
      await route(batch, tx);
      await refuseAll(batch, tx);
    };
    expect(await first(id)).toEqual({ kind: 'failed', error: 'TypeError: cannot read this one', attempts: 1 });
    expect(await second(id)).toMatchObject({ kind: 'failed', attempts: 2 });
    expect(await newest()).toMatchObject({ id, state: 'waiting', attempts: 2, last_error: 'TypeError: cannot read this one' });
    expect(await effectsOf(handoff)).toEqual({ rows: 0, events: 0 });
    onAccepted = route;
    expect(await first(id)).toMatchObject({ kind: 'replayed', attempts: 3 });
    expect(await effectsOf(handoff)).toEqual({ rows: 1, events: 1 });
  });

  it('waits as before where its replay dies in the middle, and can be replayed', async () => {
    const { handoff, id } = await die();
    onAccepted = async (batch, tx) => {
      await route(batch, tx);
      await bus.query('SELECT pg_terminate_backend($1)', [(await tx.rows<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid]);
      await tx.rows('SELECT 1'); // the connection is gone, as with a process that was killed here
    };
    await expect(first(id)).rejects.toThrow();
    expect(await newest()).toMatchObject({ id, state: 'waiting', attempts: 0, last_error: null }); // not the record's fault
    onAccepted = route;
    expect(await second(id)).toMatchObject({ kind: 'replayed' });
    expect(await effectsOf(handoff)).toEqual({ rows: 1, events: 1 });
  });

  it('is still dead where its bytes are no event of the topic', async () => {
    await bus.deliverRaw(handoffAccepted, [{ value: '{"not":"an event"}' }]);
    const { id } = await newest();
    expect(await first(id)).toMatchObject({ kind: 'failed', error: expect.stringMatching(/^StillDead: missing: /) });
  });

  it('of an agent comes to its handler with the bytes, headers, offset and time of the first time', async () => {
    const seen: InboundRecord[] = [];
    let isMended = false;
    onEscalation = (record) => {
      seen.push(record);
      if (!isMended) throw new TypeError(`cannot read record ${record.offset}`); // as often as its batch is tried
    };
    const headers = { ce_id: Buffer.from([0xc3, 0x28]), twice: ['a', 'b'] };
    await bus.deliverRaw(handoffEscalations, [{ key: 'k', value: Buffer.from([0x00, 0xff]), headers }]);
    const { id } = await newest();
    isMended = true;
    expect(await first(id)).toMatchObject({ kind: 'replayed' });
    const records = seen.map(({ cause: _, ...record }) => record);
    expect(records.at(-1)).toEqual(records[0]);
  });

  it('of an agent that its handler refuses once more has failed', async () => {
    onEscalation = ({ offset }) => {
      throw new TypeError(`cannot read record ${offset}`);
    };
    await bus.deliverRaw(handoffEscalations, [{ value: 'no json' }]);
    onEscalation = (_, tx) => void tx.refused.push({ path: '', code: 'unreadable', message: 'The text is not JSON.' });
    expect(await first((await newest()).id)).toMatchObject({ kind: 'failed', error: 'StillDead: unreadable: The text is not JSON.' });
  });

  it('that a release before this one kept is replayed, with its headers as text', async () => {
    const { handoff, id } = await die();
    onAccepted = route;
    await bus.query('UPDATE dead_letters SET raw_headers = NULL, record_timestamp = NULL WHERE id = $1', [id]);
    expect(await first(id)).toMatchObject({ kind: 'replayed' });
    expect(await effectsOf(handoff)).toEqual({ rows: 1, events: 1 });
  });

  it('that is dismissed waits no more, and is replayed no more', async () => {
    const { handoff, id } = await die();
    onAccepted = route;
    const [replica] = replays;
    expect(await replica?.dismiss(id, 'olga')).toMatchObject({ kind: 'dismissed' });
    expect(await second(id)).toMatchObject({ kind: 'already-dismissed', by: 'olga' });
    expect(await replica?.dismiss(id, 'otto')).toMatchObject({ kind: 'already-dismissed', by: 'olga' });
    expect(await effectsOf(handoff)).toEqual({ rows: 0, events: 0 });
    const replayed = (await die()).id;
    onAccepted = route;
    await first(replayed);
    expect(await replica?.dismiss(replayed, 'olga')).toMatchObject({ kind: 'already-replayed', by: 'operator-1' });
  });

  it('that nobody has is unknown', async () => {
    expect(await first('00000000-0000-4000-8000-000000000000')).toEqual({ kind: 'unknown' });
  });

  it('that nobody can take as a dead letter either is kept, and makes no further one', async () => {
    onDeadLetter = ({ offset }) => {
      throw new TypeError(`cannot page for ${offset}`);
    };
    await bus.deliverRaw({ topic: deadLetterTopic(handoffAccepted.topic) }, [{ value: 'whatever' }]);
    const kept = await bus.query('SELECT 1 FROM dead_letters WHERE topic = $1', [deadLetterTopic(handoffAccepted.topic)]);
    expect(kept).not.toEqual([]);
    expect(await bus.query(`SELECT 1 FROM outbox WHERE topic LIKE '%-dlt-dlt'`)).toEqual([]);
  });
});
