import { handoffNotified, handoffRouted, type HandoffId } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';

/** `HANDOFF_FLOOD=10000 npm test -- --only journeys/flood` is the promise at its full size. */
const FLOOD = Number(process.env['HANDOFF_FLOOD'] ?? 1000);
const AT_ONCE = 250;
const PROMISED_MS = 10_000;

let system: JourneySystem;
let hasty: Agent;
let quiet: Agent;

beforeAll(async () => {
  system = await JourneySystem.start();
  [hasty, quiet] = [system.agent('agent-in-a-loop'), system.agent('quiet-agent')];
  await Promise.all([hasty.asks(), quiet.asks()]); // everything is up and has met both of them
});
afterAll(() => system?.stop());

async function floods(): Promise<void> {
  for (let sent = 0; sent < FLOOD; sent += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => hasty.publishes(JSON.stringify(hasty.packet({ urgency: 'high' })))));
}

const copyOf = (handoffId: HandoffId) =>
  system.event('a copy is delivered', handoffNotified, ({ handoff_id, event }) => handoff_id === handoffId && event === 'delivered');

const say = (what: string): unknown => process.stderr.write(`flood of ${FLOOD}: ${what}\n`);

describe(`one agent's ${FLOOD} critical handoffs at once`, () => {
  it('do not hold up another agent’s single one: somebody is reached within ten seconds', async () => {
    const from = Date.now();
    await floods();
    const askedAt = Date.now();
    say(`published in ${askedAt - from} ms`);
    const { handoff_id, accepted_at } = await quiet.asks({ urgency: 'high' });
    const { routed_at } = await system.event('it is routed', handoffRouted, (it) => it.handoff_id === handoff_id);
    say(`accepted after ${Date.parse(accepted_at) - askedAt} ms, routed after ${Date.parse(routed_at) - askedAt} ms`);
    const { at } = await copyOf(handoff_id);
    const sent = (await system.events(handoffNotified)).filter((it) => it.event === 'delivered' && it.at <= at).length;
    const waited = Date.parse(at) - askedAt;
    say(`reached after ${waited} ms, behind ${sent} copies`);
    expect(waited).toBeLessThan(PROMISED_MS);
  }, 180_000);
});
