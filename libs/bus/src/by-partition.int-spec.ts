import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { handoffAccepted, handoffDecisions } from '@handoff/contracts';
import { PlatformModule, ServiceConfig, type StartOptions } from '@handoff/runtime';
import { eventually, startTestService, testServers, type TestService } from '@handoff/testing';
import { Controller, Module } from '@nestjs/common';
import kafkajs, { type Admin } from 'kafkajs';
import { Consumes, createKafka } from './index.js';

const { MemberAssignment } = kafkajs.AssignerProtocol;

@Controller()
class Consumers {
  @Consumes(handoffAccepted)
  async accepted(): Promise<void> {
    // what it reads is what is looked at
  }

  @Consumes(handoffDecisions)
  async decided(): Promise<void> {
    // as above
  }
}

const load = async () => {
  @Module({ imports: [PlatformModule.for({ service: 'routing', config: ServiceConfig, migrations: [] })], controllers: [Consumers] })
  class ReadingModule {}
  return { read: { service: 'routing', module: ReadingModule, config: ServiceConfig } satisfies StartOptions };
};

let service: TestService;
let admin: Admin;

beforeAll(async () => {
  service = await startTestService({ service: 'routing', load, replicas: 2 });
  admin = createKafka('by-partition', { KAFKA_BROKERS: testServers().brokers }).admin();
  await admin.connect();
});
afterAll(() => Promise.all([service?.stop(), admin?.disconnect()]));

it('what is said of one handoff comes to one of two replicas, whichever topic it is on', async () => {
  const shares = await eventually('both replicas read', async () => {
    const { groups } = await admin.describeGroups([`${service.prefix}handoff-routing`]);
    const read = groups[0]?.members.map(({ memberAssignment }) => MemberAssignment.decode(memberAssignment)?.assignment ?? {}) ?? [];
    return read.length === 2 && read.every((topics) => Object.keys(topics).length === 2) && read;
  });
  for (const share of shares) {
    const [one, other] = Object.values(share).map((partitions) => partitions.toSorted());
    expect(one).toEqual(other);
  }
  expect(shares.flatMap((share) => share[service.prefix + handoffAccepted.topic] ?? []).toSorted()).toEqual([0, 1, 2]);
});
