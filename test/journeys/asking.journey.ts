import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { handoffDecisions, handoffEscalations, handoffNotified, type HandoffDecision, type JsonObject } from '@handoff/contracts';
import { REPOSITORY } from '@handoff/local';
import { bareFields, eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

let system: JourneySystem;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  ana = await system.person('ana');
});
afterAll(() => system?.stop());

describe('an agent that publishes the eight fields and nothing else', () => {
  it('is answered by a person, and hears whether asking was right', async () => {
    const agent = system.agent('unknown');
    const packet = bareFields();
    await agent.publishes(JSON.stringify(packet));
    const { handoff_id } = await agent.accepted(String(packet['task_id']));

    expect(await ana.opens(handoff_id)).toMatchObject({ packet: { original_request: packet['original_request'] } });
    expect(await ana.queue()).toContainEqual(expect.objectContaining({ handoff_id, task_id: packet['task_id'] }));
    await ana.answers(handoff_id, { type: 'approve', asking_was: 'necessary' });

    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'approve', task_id: packet['task_id'], agent_id: 'unknown' });
    expect(await agent.feedback(handoff_id)).toMatchObject({ task_id: packet['task_id'], escalation: { verdict: 'necessary' } });
  });
});

describe('an agent that sends its trace along', () => {
  it('finds every step up to its feedback in that one trace', async () => {
    const agent = system.agent('traced-agent');
    const traceId = randomBytes(16).toString('hex');
    const packet = agent.packet();
    const ownSpan = randomBytes(8).toString('hex');
    await agent.publishes(JSON.stringify(packet), { headers: { traceparent: `00-${traceId}-${ownSpan}-01` } });
    const { handoff_id } = await agent.accepted(String(packet['task_id']));
    // Whoever answers sooner than the copies go out has them withdrawn, and then nobody is notified.
    await system.event('a copy is delivered', handoffNotified, (it) => it.handoff_id === handoff_id && it.event === 'delivered');
    expect(await ana.opens(handoff_id)).toMatchObject({ trace_id: traceId });
    await ana.answers(handoff_id, { type: 'approve' });
    await agent.feedback(handoff_id);

    const spans = await eventually('every step is in the trace, and so is what each came from', async () => {
      const all = await system.spans(traceId);
      expect(all.map(({ service, name }) => `${service}: ${name}`)).toEqual(expect.arrayContaining(STEPS));
      const known = new Set([ownSpan, ...all.map(({ span_id }) => span_id)]);
      expect(all.filter(({ parent_span_id }) => !known.has(parent_span_id ?? ''))).toEqual([]);
      return all;
    });
    expect(spans.filter(({ is_error }) => is_error)).toEqual([]);
  });
});

const STEPS = [
  'intake: process handoff.escalations',
  'intake: create handoff.accepted',
  'routing: process handoff.accepted',
  'routing: create handoff.routed',
  'sla-monitor: process handoff.routed',
  'notifier: process handoff.routed',
  'notifier: create handoff.notified',
  'notifier: decide',
  'notifier: create handoff.decisions',
  'sla-monitor: create handoff.clock',
  'feedback: process handoff.decisions',
  'feedback: create handoff.feedback',
  'intake: process handoff.feedback',
];

const REAL = join(REPOSITORY, '../shared/data/tau_handoff_dev.jsonl.gz');
const SAMPLE = 20;
const hasReal = existsSync(REAL);

(hasReal ? describe : describe.skip)(`packets of real agents${hasReal ? '' : ` (skipped: there is no ${REAL})`}`, () => {
  it('are each decided, and read back as they were sent', async () => {
    const agent = await system.agentWithKey('tau-agent');
    const sent = readSample();
    expect(sent).toHaveLength(SAMPLE);
    await Promise.all(sent.map(({ bytes }) => agent.publishes(bytes, { headers: { ce_source: agent.id, ce_id: randomUUID() } })));
    for (const { taskId, bytes } of sent) {
      const { handoff_id } = await agent.accepted(taskId);
      const { allowed_decisions } = await ana.opens(handoff_id);
      const type = JSON.stringify(allowed_decisions).includes('approve') ? 'approve' : 'respond';
      expect(await ana.answers(handoff_id, { type, message: 'Go on.' })).toMatchObject({ status: 201 });
      expect(await agent.decision(handoff_id)).toMatchObject({ type, task_id: taskId, agent_id: agent.id });
      expect((await agent.gets(`/${handoff_id}/packet`)).text).toBe(bytes);
      await agent.feedback(handoff_id);
    }
  });
});

/** Evenly from all of them, one of each task: neighbours in the file are of one kind. */
function readSample(): readonly { readonly taskId: string; readonly bytes: string }[] {
  const lines = gunzipSync(readFileSync(REAL)).toString('utf8').trim().split('\n');
  const step = Math.floor(lines.length / SAMPLE);
  const packets = lines.filter((_, at) => at % step === 0).map((line) => (JSON.parse(line) as { packet: JsonObject }).packet);
  const byTask = new Map(packets.map((packet) => [String(packet['task_id']), JSON.stringify(packet)]));
  return [...byTask].slice(0, SAMPLE).map(([taskId, bytes]) => ({ taskId, bytes }));
}

const KCAT = '/usr/bin/kcat';
const hasKcat = existsSync(KCAT);

(hasKcat ? describe : describe.skip)(`a Kafka client that nobody here wrote${hasKcat ? '' : ` (skipped: there is no ${KCAT})`}`, () => {
  it('publishes a packet and reads its decision', async () => {
    const packet = bareFields();
    await kcat(['-P', '-t', system.named(handoffEscalations)], JSON.stringify(packet));
    const { handoff_id } = await system.agent('unknown').accepted(String(packet['task_id']));
    await ana.opens(handoff_id);
    await ana.answers(handoff_id, { type: 'approve' });
    await system.agent('unknown').decision(handoff_id);

    const lines = (await kcat(['-C', '-q', '-e', '-o', 'beginning', '-t', system.named(handoffDecisions)])).trim().split('\n');
    const decisions = lines.map((line) => JSON.parse(line) as HandoffDecision); // one record a line, as kcat prints them
    expect(decisions.find(({ task_id }) => task_id === packet['task_id'])).toMatchObject({ handoff_id, type: 'approve' });
  });
});

async function kcat(args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(KCAT, ['-b', system.brokers, ...args], { timeout: 20_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}
