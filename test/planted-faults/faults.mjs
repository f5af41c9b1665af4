/** What is planted, one after the other, and how it is taken away again. `names`: part and runbook that must be said within a minute. */
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contradictModel, trainModel } from './model.mjs';
import { publishPackets, writePolicy } from './site.mjs';

const HOUR_MS = 3_600_000;
const SHIFT_CLOCK = new URL('../faults/src/faults/shift-clock.mjs', import.meta.url).href;
const settle = (promise) => promise.catch(() => undefined);

export const FAULTS = [
  {
    name: 'a stopped service',
    how: 'feedback is asked to end',
    names: { part: /feedback/, runbooks: ['handoff-service-absent'] },
    plant: ({ system }) => system.services.feedback.stop(),
    mend: ({ system }) => system.services.feedback.start(),
  },
  {
    name: 'a bad channel token',
    how: 'notifier signs webhooks with a secret that the receiver does not know, which answers 401; packets come',
    names: { part: /webhook/, runbooks: ['handoff-notification-attempts'] },
    async plant(site) {
      await site.system.services.notifier.restart({
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from('a secret that nobody else knows!').toString('base64')}`,
      });
      await publishPackets(site);
    },
    mend: ({ system }) => system.services.notifier.restart(),
  },
  {
    name: 'a silent agent',
    how: 'the canary, an agent that is expected each minute, is ended; other agents are not expected at any time',
    names: { part: /canary/, runbooks: ['handoff-canary-silent', 'handoff-agent-silent'] },
    plant: ({ system }) => system.canary.stop(),
    mend: ({ system }) => system.canary.start(),
  },
  {
    name: 'a stuck partition',
    how: 'somebody holds the lock on routing’s offsets of handoff.accepted, and packets come',
    names: { part: /routing|handoff\.accepted/, runbooks: ['handoff-consumer-behind'] },
    async plant(site) {
      site.holder = await site.db.connect();
      await site.holder.query('BEGIN');
      await site.holder.query(`SELECT 1 FROM routing.consumed_offsets WHERE topic LIKE '%handoff.accepted' FOR UPDATE`);
      await publishPackets(site);
    },
    async mend({ holder }) {
      await holder.query('ROLLBACK');
      holder.release();
    },
  },
  {
    name: 'a slow database',
    how: 'everything to and from Postgres takes 60 ms longer, each way',
    names: { part: /postgres|routing|intake|notifier|feedback|sla-monitor/, runbooks: ['handoff-database'] },
    plant: async ({ network }) => network.poison({ latencyMs: 60 }),
    mend: ({ network }) => network.mend(),
  },
  {
    name: 'a clock skew',
    how: 'intake’s process believes that it is an hour later',
    names: { part: /intake/, runbooks: ['handoff-clock-skew'] },
    plant: ({ system }) => system.services.intake.restart({ NODE_OPTIONS: `--import=${SHIFT_CLOCK}`, FAULT_CLOCK_MS: String(HOUR_MS) }),
    mend: ({ system }) => system.services.intake.restart(),
  },
  {
    name: 'a wrong policy',
    how: 'routing is started with a policy file whose only team has nobody in it; packets come',
    names: { part: /rule|policy|nobody|people/i, runbooks: ['handoff-policy', 'handoff-unattended'] },
    async plant(site) {
      const POLICY_FILE = await writePolicy(site, 'policy.yaml', WRONG_POLICY);
      await site.system.services.routing.restart({ POLICY_FILE });
      await publishPackets(site);
    },
    mend: ({ system }) => system.services.routing.restart(),
  },
  {
    name: 'a poisoned topic',
    how: 'a record that is no JSON is written to handoff.routed, which is ours',
    names: { part: /handoff\.routed|notifier|sla-monitor|intake/, runbooks: ['handoff-records-dead-lettered'] },
    plant: (site) => site.publish('handoff.routed', '{"this is":'),
    mend: async () => undefined,
  },
  {
    name: 'a model out of calibration',
    how: 'of two kinds of agents a model has learned which should ask, by 200 answers at the desk; then 120 answers say the opposite',
    names: { part: /model/, runbooks: ['handoff-model-out-of-calibration'] },
    async plant(site) {
      await trainModel(site);
      await contradictModel(site);
    },
    mend: async () => undefined, // it is rolled back by itself
  },
  {
    name: 'a full disk',
    how: 'the file system of Postgres’ data is filled to the last byte; packets come',
    names: { part: /postgres|disk|routing|intake|notifier|feedback|sla-monitor/, runbooks: ['handoff-disk-full'] },
    skip: ({ disk }) => (disk === null ? 'only root may mount a small file system' : null),
    async plant(site) {
      await fill(site.disk);
      site.filling = setInterval(() => void settle(fill(site.disk)), 500); // a checkpoint gives back logs that nobody needs
      await publishPackets(site);
    },
    async mend({ disk, filling }) {
      clearInterval(filling);
      await sleep(1000); // one that was begun ends
      await rm(join(disk, 'filler'), { force: true });
    },
  },
];

/** To the last byte. */
async function fill(disk) {
  const file = await open(join(disk, 'filler'), 'a');
  const block = Buffer.alloc(64 * 1024, 1);
  try {
    for (;;) await file.write(block);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}

const WRONG_POLICY = `policy: { id: wrong, name: Wrong }
people: [{ id: ana, name: Ana, roles: [responder], addresses: [{ channel: email, address: ana@example.test }] }]
teams: [{ id: support, name: Support, members: [] }]
rules: [{ id: default, match: {}, levels: [{ name: Support, target: { team: support } }] }]
`;
