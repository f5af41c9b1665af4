import { afterEach, describe, expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import type { HandoffClient } from '../handoff-client.js';
import { connectOverKafka } from './index.js';

type OnCrash = (crash: { readonly payload: { readonly error: Error; readonly restart: boolean } }) => void;

const clients: HandoffClient[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

/** Brokers that take what is sent, where nothing fails, and on which Handoff says nothing. */
function silentKafka(fails: Error | null = null) {
  const sent: string[] = [];
  const crashes: OnCrash[] = [];
  const nothing = async (): Promise<void> => undefined;
  const send = async ({ topic }: { readonly topic: string }) => {
    sent.push(topic);
    if (fails) throw fails;
    return [{ partition: 0, baseOffset: String(sent.length) }];
  };
  const consumer = { connect: nothing, disconnect: nothing, subscribe: nothing, run: nothing, events: { CRASH: 'crash' } };
  const kafka = {
    producer: () => ({ connect: nothing, disconnect: nothing, send }),
    consumer: () => ({ ...consumer, on: (_: string, heard: OnCrash) => crashes.push(heard) }),
    admin: () => ({ connect: nothing, disconnect: nothing, fetchTopicOffsets: async () => [] }),
  } as unknown as Kafka; // as far as the client uses it
  return { kafka, sent, crash: (error: Error, restart = false) => crashes.forEach((heard) => heard({ payload: { error, restart } })) };
}

async function connected(kafka: Kafka, patience = 0.05): Promise<HandoffClient> {
  const client = await connectOverKafka({ kafka, agentId: 'refunds', patience });
  clients.push(client);
  return client;
}

const PACKET = { task_id: 'refund-881', original_request: 'Refund order 881', reason_for_escalation: 'above my limit' };
const OUTCOME = { task_id: 'refund-881', result: 'succeeded' } as never; // ids are branded
const kafkaError = (name: string, retriable: boolean): Error => Object.assign(new Error(name), { name, retriable });

describe('an agent over Kafka where nobody answers', () => {
  it('is told which task it asked about, and what to do, once its patience is over', async () => {
    const client = await connected(silentKafka().kafka);
    const asked = client.escalate(PACKET);
    await expect(asked).rejects.toMatchObject({ code: 'UNREACHABLE', message: expect.stringContaining('refund-881') });
    await expect(asked).rejects.toThrow('send it again under the same idempotency key');
  });

  it('stops waiting at once where it says so', async () => {
    const client = await connected(silentKafka().kafka, 3600);
    const stop = new AbortController();
    const asked = client.escalate(PACKET, { signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toThrow(/abort/i);
  });

  it('finds nothing by an id that no topic names', async () => {
    const client = await connected(silentKafka().kafka);
    await expect(client.find('01a22676-b161-76fe-8fb0-c928313cbe00')).rejects.toMatchObject({ code: 'REFUSED', reason: 'not_found' });
  });

  it.each([
    ['the last of many tries fails', kafkaError('KafkaJSNumberOfRetriesExceeded', false)],
    ['a connection is refused', kafkaError('KafkaJSConnectionError', true)],
  ])('knows that Kafka is out of reach where %s', async (_, cause) => {
    const client = await connected(silentKafka(cause).kafka);
    await expect(client.reportOutcome(OUTCOME)).rejects.toMatchObject({ code: 'UNREACHABLE', cause });
  });

  it('is told what is wrong with what it sends, and does not send it again', async () => {
    const tooLarge = kafkaError('KafkaJSProtocolError', false);
    const { kafka, sent } = silentKafka(tooLarge);
    await expect((await connected(kafka, 3600)).reportOutcome(OUTCOME)).rejects.toBe(tooLarge);
    expect(sent).toEqual(['handoff.outcomes']);
  });

  it('does not wait for what is not read any more', async () => {
    const { kafka, crash } = silentKafka();
    const client = await connected(kafka);
    const working = client.onAssignment(() => undefined, { signal: new AbortController().signal });
    crash(new Error('rebalanced'), true);
    crash(new Error('not authorised'));
    await expect(working).rejects.toMatchObject({ code: 'UNREACHABLE', cause: { message: 'not authorised' } });
  });
});
