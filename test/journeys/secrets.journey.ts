import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  actionDigest,
  deadLetterTopic,
  handoffRejected,
  handoffReplies,
  isJsonObject,
  readPacket,
  restoreSecrets,
  SERVICES,
  TOPICS,
  type HandoffDecision,
  type JsonObject,
} from '@handoff/contracts';
import { eventually, TopicTail } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

/** In each secret, so that a search finds what is left of any of them; and as Postgres prints bytes. */
const CANARY = /CANARY|43414e415259|4111[ -]?1111[ -]?1111/i;

let count = 0;
const token = (): string => `sk_live_CANARY${String(++count).padStart(12, '0')}`;
/** A value for any free text: one of the kinds of secrets, with words around it. */
const secret = (): string =>
  [
    `with ${token()} in it`,
    'card 4111 1111 1111 1111, please',
    'Authorization: Bearer CANARYabcdefghijkl0123',
    'postgres://app:CANARY@db.example/app',
    'eyJhbGciOiJIUzI1NiJ9.eyJDQU5BUlkiOjF9.CANARYabcdefghijkl',
    '{"password":"CANARYwords"}',
    '-----BEGIN PRIVATE KEY-----\nCANARYabcdefgh\n-----END PRIVATE KEY-----',
  ][++count % 7] ?? '';

/** A secret in every field that is free text or free JSON, in keys too; ids are refused with one, which is another case. */
const everywhere = (): JsonObject => ({
  original_request: secret(),
  steps_completed: [
    secret(),
    { id: secret(), action: secret(), status: 'done', summary: secret(), args: { to: secret() }, evidence: [secret()] },
  ],
  current_state: { text: secret(), value: { [token()]: 'under a secret key', note: secret(), card: 4111111111111111 } },
  reason_for_escalation: { code: 'authority_limit', text: secret(), limit: secret(), observed: { note: secret() } },
  recommended_action: {
    name: 'charge',
    args: {
      amount: 12.5,
      note: secret(),
      card_number: 4111111111111111,
      api_key: 'CANARY plain words',
      headers: { authorization: 'CANARY' },
    },
    rationale: secret(),
    alternatives: [{ name: 'wait', args: { why: secret() } }],
  },
  urgency: 'medium',
  data_links: [{ id: secret(), title: secret(), url: 'https://app:CANARY@shop.example/orders/1?sig=CANARY0123', classification: token() }],
  attempts: [{ action: secret(), outcome: secret(), why: secret() }],
  confidence: { value: 0.5, source: secret() },
  authority: { policy_id: secret(), limit: 50, requested: 129, unit: token() },
  requested_by: secret(),
  parent: { task_id: secret() },
  resume: { thread: 't-1', token: 'CANARY opaque', state: secret() },
  options: [secret(), { label: secret() }],
  args_schema: { type: 'object', description: secret() },
  response_schema: { type: 'object', description: secret() },
  tags: [token()],
  features: { note: secret() },
  metadata: { note: secret(), [token()]: 1 },
  idempotency_key: `once ${token()}`,
  something_unknown: { deep: [[secret()]] },
});

describe('a secret in a packet', () => {
  let system: JourneySystem;
  let agent: Agent;
  let ana: Person;
  const decided: { readonly sent: JsonObject; readonly decision: HandoffDecision }[] = [];

  beforeAll(async () => {
    system = await JourneySystem.start({ replicas: 1 });
    agent = await system.agentWithKey('careless-agent');
    ana = await system.person('ana');
  });
  afterAll(async () => {
    await system?.stop();
  });

  const decides = async (sent: JsonObject, handoffId: string, edit: (args: JsonObject) => JsonObject | null): Promise<void> => {
    const { packet } = await ana.opens(handoffId);
    const action = isJsonObject(packet) ? packet['recommended_action'] : null;
    const args = edit(isJsonObject(action) && isJsonObject(action['args']) ? action['args'] : {});
    const { status } = await ana.answers(handoffId, args ? { type: 'edit', args } : { type: 'approve' });
    expect(status).toBe(201);
    decided.push({ sent, decision: await agent.decision(handoffId) });
  };

  it('leaves the packet whole for the agent, which puts it back into what was decided', async () => {
    const overKafka = agent.packet(everywhere());
    await agent.publishes(JSON.stringify(overKafka), { headers: { ce_id: token(), correlationid: token(), authorization: token() } });
    const { handoff_id: first } = await agent.accepted(String(overKafka['task_id']));
    const overHttp = agent.packet(everywhere());
    const { body } = await agent.posts('', overHttp);
    const second = String(body['handoff_id']);
    await decides(overKafka, first, () => null);
    await decides(overHttp, second, (args) => ({ ...args, amount: 10 }));

    expect((await agent.gets(`/${second}/packet`)).text).toBe(JSON.stringify(overHttp));
    const [approved, edited] = decided.map(({ sent, decision }) => restoreSecrets(decision, sent));
    const sentAction = (sent: JsonObject): JsonObject => ({ kind: 'tool_call', ...(sent['recommended_action'] as JsonObject) });
    const { name, args } = sentAction(overKafka);
    expect(approved?.action).toEqual({ kind: 'tool_call', name, args });
    expect(approved?.resume).toEqual(overKafka['resume']);
    expect(edited?.action?.args).toEqual({ ...(sentAction(overHttp)['args'] as JsonObject), amount: 10 });
    const read = readPacket(overKafka);
    expect(read.kind === 'ok' && actionDigest(read.value.recommended_action)).toBe(approved?.action_digest);
  });

  it('cannot be edited, and the desk says which it is', async () => {
    const { handoff_id: id } = await agent.asks({ recommended_action: { name: 'charge', args: { amount: 1, api_key: 'CANARY words' } } });
    const shown = await ana.opens(id);
    expect(shown['masked']).toEqual(['/recommended_action/args/api_key']);
    const refused = await ana.answers(id, { type: 'edit', args: { amount: 1, api_key: 'mine' } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'args.api_key', code: 'masked_value' }] } });
    const { status } = await ana.answers(id, { type: 'reject', message: 'No.' });
    expect(status).toBe(201);
  });

  it('goes along with context, an answer and a withdrawal, and is masked there too', async () => {
    const { handoff_id: id } = await agent.asks();
    await ana.opens(id);
    await agent.posts(`/${id}/context`, { context: { current_state: secret(), metadata: { note: secret() } } });
    await eventually('version 2 is on the desk', async () => (await ana.looksAt(id))['packet_version'] === 2);
    const { body } = await ana.moves(id, { move: 'request_info', note: 'Which key was it?' });
    const question = isJsonObject(body['question']) ? body['question']['question_id'] : null;
    const answer = { reply: 'answer', handoff_id: id, question_id: question, text: `It was ${token()}.` };
    await system.publish(handoffReplies, { value: JSON.stringify(answer) });
    await eventually('the answer is in the thread', async () =>
      JSON.stringify((await ana.looksAt(id))['thread']).includes('It was [masked].'),
    );
    await system.publish(handoffReplies, { value: JSON.stringify({ reply: 'withdraw', handoff_id: id, reason: secret() }) });
    expect((await agent.decision(id)).type).toBe('withdrawn');
  });

  it('is refused in an id, and told of where a record cannot be read, without being repeated', async () => {
    const before = (await system.events(handoffRejected)).length;
    await agent.publishes(JSON.stringify(agent.packet({ task_id: token() })));
    await agent.publishes(JSON.stringify(agent.packet({ agent: { id: token() } })), { key: token() });
    await agent.publishes(JSON.stringify({ ...agent.packet(), agent: undefined }), {
      headers: { ce_source: 'https://app:CANARY@agents.example' },
    });
    await agent.publishes(JSON.stringify(agent.packet({ urgency: token(), steps_completed: { [token()]: 1 } })));
    await agent.publishes(JSON.stringify(agent.packet(everywhere())).slice(0, -1), {
      key: token(),
      headers: { 'x-api-key': 'CANARYwords' },
    });
    await agent.publishes(Buffer.from(JSON.stringify(agent.packet(everywhere())), 'utf16le'));
    await system.publish(handoffReplies, { value: JSON.stringify({ reply: 'withdraw', task_id: token() }) });
    await eventually('all seven are refused', async () => (await system.events(handoffRejected)).length === before + 7);
    expect((await agent.posts('', agent.packet({ task_id: token() }))).status).toBe(422);
  });

  describe('is afterwards', () => {
    it('on no topic, dead letters included', async () => {
      const topics = TOPICS.flatMap(({ topic, kind }) => [...(kind === 'event' ? [topic] : []), deadLetterTopic(topic)]);
      const tail = await TopicTail.start(
        system.brokers,
        `${system.named({ topic: 'search' })}`,
        topics.map((topic) => system.named({ topic })),
      );
      try {
        const records = (await Promise.all(topics.map((topic) => tail.all(system.named({ topic }))))).flat();
        expect(records.filter(({ topic }) => topic.endsWith('-dlt'))).toHaveLength(2);
        expect(records.length).toBeGreaterThan(30);
        const told = records.map(({ key, headers, value }) => `${key} ${JSON.stringify(headers)} ${value?.toString('latin1')}`);
        expect(told.filter((it) => CANARY.test(it.replaceAll('\0', '')))).toEqual([]);
      } finally {
        await tail.stop();
      }
    });

    it.each(SERVICES)('in no table of %s', async (service) => {
      const schema = service.replaceAll('-', '_');
      const client = new pg.Client({ connectionString: system.databaseUrlOf(service), options: `-c search_path=${schema}` });
      await client.connect();
      try {
        const tables = await client.query<{ name: string }>('SELECT tablename AS name FROM pg_tables WHERE schemaname = $1', [schema]);
        const found: string[] = [];
        for (const { name } of tables.rows) {
          const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
          found.push(...rows.filter(({ row }) => CANARY.test(row)).map(({ row }) => `${name}: ${row}`));
        }
        expect(tables.rows.length).toBeGreaterThan(5);
        expect(found).toEqual([]);
      } finally {
        await client.end();
      }
    });

    it('in no message to anybody, on no desk and in no trace', async () => {
      const messages = system.catcher.messages();
      expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(['email', 'webhook']));
      expect(messages.filter((it) => CANARY.test(JSON.stringify(it)))).toEqual([]);
      const seen = await Promise.all(decided.map(({ decision }) => ana.looksAt(decision.handoff_id)));
      expect(seen.filter((it) => CANARY.test(JSON.stringify(it)))).toEqual([]);
      await eventually('spans have come', () => system.catcher.spans().length > 100);
      expect(system.catcher.spans().filter((it) => CANARY.test(JSON.stringify(it)))).toEqual([]);
    });

    it('in no log', async () => {
      const files = (await readdir(system.home, { recursive: true })).filter((name) => name.endsWith('.log'));
      expect(files.length).toBeGreaterThanOrEqual(SERVICES.length);
      const logs = await Promise.all(files.map(async (name) => [name, await readFile(join(system.home, name), 'utf8')] as const));
      expect(logs.filter(([, text]) => CANARY.test(text)).map(([name]) => name)).toEqual([]);
    });
  });
});
