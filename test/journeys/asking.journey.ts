import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { handoffDecisions, handoffEscalations, type HandoffDecision } from '@handoff/contracts';
import { bareFields } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

let system: JourneySystem;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start();
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
