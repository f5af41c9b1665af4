import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isJsonObject, readPacket, TOPICS, validate, type JsonObject } from '@handoff/contracts';

const HERE = new URL('./', import.meta.url);
const versions = readdirSync(HERE, { withFileTypes: true }).filter((it) => it.isDirectory());

/** An event of each topic as a released version wrote it: they stay in Kafka and in stores, and the version after it goes on writing them during a rollout. */
const events = versions.flatMap(({ name: version }) =>
  readdirSync(new URL(`${version}/`, HERE))
    .filter((name) => name.endsWith('.json'))
    .map((file) => {
      const event = JSON.parse(readFileSync(new URL(`${version}/${file}`, HERE), 'utf8')) as JsonObject;
      return { version, topic: file.replace(/\.json$/, ''), event };
    }),
);

describe.each(events)('$topic of version $version', ({ topic, event }) => {
  it('is read by this version as it is', () => {
    const contract = TOPICS.find((it) => it.topic === topic);
    if (contract?.kind !== 'event') throw new Error(`${topic} is no topic of ours any more.`);
    const read = validate(contract.payload, event);
    expect(read.kind === 'faults' ? read.faults : []).toEqual([]);
    expect(read.kind === 'ok' && JSON.parse(JSON.stringify(read.value))).toEqual(event);
  });

  it('has a packet, where it has one, that is a packet still', () => {
    const { packet = null } = event;
    const read = isJsonObject(packet) ? readPacket(packet) : null;
    expect(read?.kind ?? 'ok').toBe('ok');
  });
});
