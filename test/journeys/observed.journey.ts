import { randomBytes } from 'node:crypto';
import { handoffNotified, handoffRouted, SERVICES } from '@handoff/contracts';
import type { CaughtSpan } from '@handoff/local';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';
import { series, type Series } from './support/scrape.js';
import { Spans } from './support/spans.js';

let system: JourneySystem;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  ana = await system.person('ana');
});
afterAll(() => system?.stop());

const allSpans = (): Spans => new Spans(system.catcher.spans());

describe('the trace of a handoff', () => {
  it('leads from what its agent hears last back to its publish, step by step, and names each by OpenTelemetry’s conventions', async () => {
    const traceId = randomBytes(16).toString('hex');
    const ownSpan = randomBytes(8).toString('hex');
    const { handoff_id } = await isAnswered(system.agent('traced-agent'), { traceparent: `00-${traceId}-${ownSpan}-01` });

    const spans = await eventually('every step is there, and what each came from', () => {
      const all = allSpans();
      const way = all.named('intake', 'process handoff.feedback', traceId).flatMap((last) => all.wayBack(last));
      expect(way.map(({ service, name }) => `${service}: ${name}`)).toEqual(WAY);
      expect(all.orphans(traceId, [ownSpan])).toEqual([]);
      return all;
    });
    const told = spans.named('notifier', 'create handoff.notified', traceId);
    expect(told.flatMap((it) => spans.parentOf(it)?.name ?? 'nothing')).toContain('notify webhook');
    const services = new Set(spans.of(traceId).map(({ service }) => service));
    expect([...services].sort()).toEqual([...SERVICES].sort());
    expect(spans.of(traceId).filter(({ is_error }) => is_error)).toEqual([]);

    for (const span of spans.of(traceId).filter(({ kind }) => kind === PRODUCER || kind === CONSUMER)) {
      const [operation, topic] = span.name.split(' ') as [string, string];
      expect(span.attributes).toMatchObject({
        'messaging.system': 'kafka',
        'messaging.operation.name': operation,
        'messaging.operation.type': operation,
        'messaging.destination.name': topic,
        ...(operation === 'process' ? { 'messaging.consumer.group.name': expect.stringContaining(`handoff-${span.service}`) } : {}),
      });
      if (topic !== 'handoff.escalations') expect(span.attributes).toMatchObject({ 'handoff.id': handoff_id });
    }
  });

  it('is linked with every batch that it was part of, and with every request that sent what it made', async () => {
    const { traceId } = await isAnswered(system.agent('traced-agent'));
    await eventually('both ends of each link are there', () => {
      const spans = allSpans();
      const created = spans.of(traceId).filter(({ kind }) => kind === PRODUCER);
      const processed = spans.of(traceId).filter(({ kind }) => kind === CONSUMER);
      const sent = created.every((it) => spans.linkedFrom(it).some(({ name }) => name === 'send'));
      const batched = processed.every((it) => {
        const batch = spans.linkOf(it);
        return batch?.name.startsWith('process ') && spans.linkedFrom(it).includes(batch);
      });
      return processed.some(({ name }) => name === 'process handoff.feedback') && sent && batched;
    });
  });

  it('is another one from a breach on, which is linked to it and kept although no other trace is', async () => {
    const none = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
    await system.service('sla-monitor').restart(none);
    const { handoff_id } = await system.agent('punctual-agent').asks({ urgency: 'high' });
    const isOfIt = (it: { readonly handoff_id: string; readonly level: { readonly number: number } }) =>
      it.handoff_id === handoff_id && it.level.number === 2;
    await system.event('the second level is asked', handoffRouted, isOfIt);

    const [breach, spans] = await eventually('the breach is in a trace', () => {
      const all = allSpans();
      const found = all
        .named('sla-monitor', 'fire decide_by')
        .find((it) => it.attributes['handoff.event'] === 'breached' && isOf(handoff_id, it));
      return found && all.named('routing', 'process handoff.clock', found.trace_id).length > 0 && ([found, all] as const);
    });
    expect(breach).toMatchObject({ is_error: true, parent_span_id: null });
    expect(spans.named('intake', 'create handoff.accepted', breach.links[0]?.trace_id).some((it) => isOf(handoff_id, it))).toBe(true);
    expect(spans.named('sla-monitor', 'fire decide_by').filter((it) => it.attributes['handoff.event'] === 'warning')).toEqual([]);
    await system.service('sla-monitor').restart();
  });
});

describe('the metrics', () => {
  const everySeries = async (): Promise<readonly Series[]> =>
    (await Promise.all(SERVICES.flatMap((service) => system.replicasOf(service)).map(series))).flat();

  it('are as many series after many handoffs as after few, and none has an id for a label', async () => {
    const agents = ['first-agent', 'second-agent'].map((id) => system.agent(id));
    const some = async (count: number) => {
      for (let done = 0; done < count; done++) await Promise.all(agents.map((agent) => isAnswered(agent)));
    };
    await some(3);
    const before = await eventually('every service has looked at its database', async () => {
      const all = await everySeries();
      return all.some(({ name }) => name === 'handoff_oldest_unprocessed_seconds') && all;
    });
    await some(15); // how many are open, and in which state, is another matter at each look
    const grown = (await everySeries()).filter(({ key }) => !before.some((it) => it.key === key));
    expect(grown.filter(({ name }) => name.startsWith('handoff_') && name !== 'handoff_open').map(({ key }) => key)).toEqual([]);
    expect(before.filter(({ labels }) => Object.values(labels).some((value) => AN_ID.test(value)))).toEqual([]);
  });

  it('lead from how long it took to the trace of a handoff that took so long', async () => {
    const { traceId } = await isAnswered(system.agent('traced-agent'));
    const leadsThere = (name: string) => async () =>
      (await everySeries()).some((it) => it.name === `${name}_bucket` && it.exemplar === traceId);
    for (const name of [
      'handoff_time_to_accepted',
      'handoff_accepted_to_routed',
      'handoff_time_to_notify',
      'handoff_time_to_decision',
      'handoff_feedback',
    ])
      await eventually(`${name} leads to the trace`, leadsThere(`${name}_seconds`));
  });

  it('count a request by its route, whatever its path', async () => {
    await ana.looksAt('01a204f4-0000-7000-8000-000000000000');
    await fetch(`${system.deskUrl}/wp-login.php`);
    const routes = (await everySeries()).filter(({ name }) => name === 'handoff_http_requests_total').map(({ labels }) => labels);
    expect(routes).toContainEqual(expect.objectContaining({ method: 'GET', route: '/desk/v1/handoffs/:id', status: '4xx' }));
    expect(routes).toContainEqual(expect.objectContaining({ method: 'GET', route: 'none', status: '4xx' }));
  });
});

/** From the agent's ask to the feedback, with a copy delivered in between: who answers sooner has it withdrawn. */
async function isAnswered(agent: Agent, headers: Readonly<Record<string, string>> = {}) {
  const packet = agent.packet();
  await agent.publishes(JSON.stringify(packet), { headers });
  const { handoff_id } = await agent.accepted(String(packet['task_id']));
  await system.event('a copy is delivered', handoffNotified, (it) => it.handoff_id === handoff_id && it.event === 'delivered');
  const { trace_id } = await ana.opens(handoff_id);
  await ana.answers(handoff_id, { type: 'approve' });
  await agent.feedback(handoff_id);
  return { handoff_id, traceId: String(trace_id) };
}

const isOf = (handoffId: string, { attributes }: CaughtSpan): boolean => attributes['handoff.id'] === handoffId;

/** OTLP's numbers of kinds. */
const [PRODUCER, CONSUMER] = [4, 5];
const AN_ID = /[0-9a-f]{8}-[0-9a-f]{4}|^task-/;

const WAY = [
  'intake: process handoff.feedback',
  'feedback: create handoff.feedback',
  'feedback: process handoff.decisions',
  'notifier: create handoff.decisions',
  'notifier: decide',
  'notifier: process handoff.accepted',
  'intake: create handoff.accepted',
  'intake: process handoff.escalations',
];
