import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  AgentOutcome,
  AgentReply,
  isJsonObject,
  readHandoff,
  readPacket,
  TOPICS,
  validate,
  type Fault,
  type JsonObject,
  type Result,
} from '@handoff/contracts';
import addFormats from 'ajv-formats';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';

const HERE = new URL('./', import.meta.url);
const SCHEMAS = new URL('../../docs/contracts/', import.meta.url);
const NEXT = 'next';
const versions = readdirSync(HERE, { withFileTypes: true }).filter((it) => it.isDirectory());
const jsonIn = <T = JsonObject>(url: URL): T => JSON.parse(readFileSync(url, 'utf8')) as T;

/**
 * Records of each topic as a released version wrote or took them, one of each kind: they stay in Kafka and in stores, the version after it goes on
 * writing them during a rollout, and agents go on for years. A file is called after its topic and what happened. `next` has what no release has
 * promised yet.
 */
const records = versions.flatMap(({ name: version }) => {
  const folder = new URL(`${version}/`, HERE);
  const files = jsonIn<readonly string[]>(new URL('released.json', folder)).filter((file) => !file.startsWith('schemas/'));
  return files.map((file) => {
    const topic = file.split('.', 2).join('.');
    const promised = version === NEXT ? [] : [new URL('schemas/', folder)];
    const schemas = [...promised, SCHEMAS].map((at) => new URL(`${topic}.schema.json`, at));
    return { version, file, topic, schemas, record: jsonIn(new URL(file, folder)) };
  });
});

/** What others write has no payload class on its topic: by whatever judges it. */
const INBOUND: Readonly<Record<string, (record: JsonObject) => Result<object>>> = {
  'handoff.escalations': (record) => readHandoff('escalation', record),
  'handoff.delegations': (record) => readHandoff('delegation', record),
  'handoff.transfers': (record) => readHandoff('transfer', record),
  'handoff.replies': (record) => validate(AgentReply, record),
  'handoff.outcomes': (record) => validate(AgentOutcome, record),
};

function read(name: string, record: JsonObject): Result<object> {
  const topic = TOPICS.find((it) => it.topic === name);
  if (topic?.kind === 'event') return validate(topic.payload, record);
  const take = INBOUND[name];
  if (!topic || !take) throw new Error(`${name} is no topic of ours any more.`);
  return take(record);
}

const faultsOf = (result: Result<object>): readonly Fault[] => (result.kind === 'faults' ? result.faults : []);

function differences(schema: URL, record: JsonObject): readonly unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const judge = ajv.compile(jsonIn(schema));
  return judge(record) ? [] : (judge.errors ?? []);
}

describe.each(records)('$file of version $version', ({ topic, record, schemas }) => {
  it('is taken by this version', () => {
    expect(faultsOf(read(topic, record))).toEqual([]);
  });

  it('is read as it is, where a service of ours wrote it', () => {
    const result = read(topic, record);
    const isOurs = !(topic in INBOUND);
    if (isOurs) expect(result.kind === 'ok' && JSON.parse(JSON.stringify(result.value))).toEqual(record);
  });

  it('is what its schema says, of that version and of this one', () => {
    for (const schema of schemas) expect(differences(schema, record)).toEqual([]);
  });

  it('has a packet, where it has one, that is a packet still', () => {
    const { packet = null } = record;
    expect(faultsOf(isJsonObject(packet) && topic === 'handoff.accepted' ? readPacket(packet) : { kind: 'ok', value: {} })).toEqual([]);
  });
});

describe.each(TOPICS.map(({ topic }) => topic))('%s', (topic) => {
  it('has a golden record', () => {
    expect(records.map((it) => it.topic)).toContain(topic);
  });
});
