import {
  handoffAccepted,
  handoffDirectory,
  handoffNotified,
  handoffRouted,
  minutes,
  type HandoffAccepted,
  type PersonId,
} from '@handoff/contracts';
import {
  anAcceptedHandoff,
  aPerson,
  aRouting,
  eventually,
  FakeReceiver,
  startTestService,
  type ScriptedAnswer,
  type TestService,
} from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const TAKEN: ScriptedAnswer = { status: 204 };
const REFUSED: ScriptedAnswer = { status: 400 };

/** A receiver's answer, which the test gives when its turn has come. */
class Answer {
  give!: (answer: ScriptedAnswer) => void; // set at once, by the promise below
  readonly given = new Promise<ScriptedAnswer>((resolve) => (this.give = resolve));
}

describe('a copy whose lease ended while it was on its way', () => {
  let notifier: TestService;
  let receiver: FakeReceiver;

  beforeAll(async () => {
    receiver = await FakeReceiver.start(() => TAKEN);
    const env = {
      DESK_URL: 'https://desk.example.test',
      SIGN_IN_LINK_SECRET: 'a-secret-of-tests-with-more-than-32-characters',
      WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    };
    notifier = await startTestService({ service: 'notifier', load: () => import('../notifier.module.js'), env, replicas: 2 });
    await notifier.deliver(handoffDirectory, [aPerson('ana', [{ channel: 'webhook', address: receiver.url }])]);
  });
  afterAll(async () => {
    await notifier?.stop();
    await receiver?.stop();
  });

  const copyOf = async ({ handoff_id }: HandoffAccepted) => {
    const [copy] = await notifier.query<{ state: string; attempts: number }>(
      'SELECT state, attempts FROM notifications WHERE handoff_id = $1',
      [handoff_id],
    );
    return copy;
  };
  const told = async ({ handoff_id }: HandoffAccepted) =>
    (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff_id).map(({ event }) => event);

  /** Sent by one process, and once more by the next that looks, as the database’s clock is stepped by an hour. */
  async function sentTwice(): Promise<{ handoff: HandoffAccepted; earlier: Answer; later: Answer }> {
    const [earlier, later] = [new Answer(), new Answer()];
    receiver.script.push(earlier.given, later.given);
    const before = receiver.got.length;
    const handoff = anAcceptedHandoff({ packet: { urgency: 'high' } });
    await notifier.deliver(handoffAccepted, [handoff]);
    const ladder = [{ channel: 'webhook', after_seconds: 0 }] as const;
    await notifier.deliver(handoffRouted, [aRouting(handoff, { asked: ['ana' as PersonId], ladder })]);
    await eventually('it is on its way', () => receiver.got.length === before + 1);
    await notifier.advance(minutes(60));
    await eventually('it is on its way once more', () => receiver.got.length === before + 2);
    return { handoff, earlier, later };
  }

  const isRecorded = (handoff: HandoffAccepted) =>
    eventually('its result is kept', async () => {
      const copy = await copyOf(handoff);
      return copy?.state !== 'sending' && copy;
    });

  /** Whatever is still being kept of a result is kept before this: results are told in the order in which they come. */
  async function anotherIsTold(): Promise<void> {
    const other = anAcceptedHandoff({ packet: { urgency: 'high' } });
    await notifier.deliver(handoffAccepted, [other]);
    const ladder = [{ channel: 'webhook', after_seconds: 0 }] as const;
    await notifier.deliver(handoffRouted, [aRouting(other, { asked: ['ana' as PersonId], ladder })]);
    await isRecorded(other);
  }

  it.each(['earlier', 'later'] as const)('is told of once when both got through, the %s first', async (first) => {
    const { handoff, ...answers } = await sentTwice();
    answers[first].give(TAKEN);
    await isRecorded(handoff);
    answers[first === 'earlier' ? 'later' : 'earlier'].give(TAKEN);
    await anotherIsTold();
    expect(await told(handoff)).toEqual(['delivered']);
  });

  it('is told of once when both come back at the same moment', async () => {
    const { handoff, earlier, later } = await sentTwice();
    earlier.give(TAKEN);
    later.give(TAKEN);
    await isRecorded(handoff);
    await anotherIsTold();
    expect(await told(handoff)).toEqual(['delivered']);
  });

  it('is not given up by whoever holds it no longer', async () => {
    const { handoff, earlier, later } = await sentTwice();
    earlier.give(REFUSED);
    await anotherIsTold();
    expect([await told(handoff), await copyOf(handoff)]).toEqual([[], { state: 'sending', attempts: 2 }]);
    later.give(TAKEN);
    await isRecorded(handoff);
    expect(await told(handoff)).toEqual(['delivered']);
  });

  it('has got through although whoever sent it again was refused', async () => {
    const { handoff, earlier, later } = await sentTwice();
    earlier.give(TAKEN);
    await isRecorded(handoff);
    later.give(REFUSED);
    await anotherIsTold();
    expect([await told(handoff), (await copyOf(handoff))?.state]).toEqual([['delivered'], 'delivered']);
  });
});
