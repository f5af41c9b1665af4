/** A whole system of its own with all that looks at it: Prometheus with the repository's rules, and a database behind a network and on a disk of its own. */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { scrapeJobs, silent, startPostgres, startSystem } from '../../deploy/local/dist/index.js';
import { packetsToSend } from '../../deploy/local/dist/once/run-once.js';
import { isPrometheusThere, startPrometheus } from '../../tools/dashboards/prometheus.mjs';
import { TcpProxy } from '../faults/dist/site/tcp-proxy.js';

const DISK_MB = 700;

export async function openSite(stops) {
  const folder = await mkdtemp(join(tmpdir(), 'handoff-planted-'));
  stops.unshift(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711); // under root, Postgres runs as another user, and is to find its disk
  const [disk, stateDir] = [join(folder, 'disk'), join(folder, 'system')];
  const isSmall = await mountSmall(disk, stops);
  const settings = { max_wal_size: '64MB', min_wal_size: '32MB' };
  const postgres = await startPostgres({ dataDir: join(disk, 'postgres'), log: silent, settings });
  stops.unshift(() => postgres.stop());
  const network = await TcpProxy.listen(postgres.port);
  stops.unshift(async () => network.cut());
  const system = await startSystem({
    ...{ stateDir, log: silent, exporters: true, canary: { CANARY_EVERY_SECONDS: '5' }, signIn: 'links' },
    environment: { ...process.env, DATABASE_URL: throughPort(postgres.adminUrl, network.port) },
    onDied: () => undefined, // whoever ends it here means to
  });
  stops.unshift(() => system.stop());
  const db = new pg.Pool({ connectionString: postgres.adminUrl.replace(/\/postgres$/, '/handoff'), max: 2 });
  db.on('error', () => undefined); // a connection that a fault has ended
  stops.unshift(() => db.end());
  const prometheus = isPrometheusThere()
    ? await startPrometheus(folder, scrapeJobs(system.services, system.canary, system.exporters))
    : null;
  if (prometheus) stops.unshift(async () => prometheus.stop());
  return {
    folder,
    disk: isSmall ? disk : null,
    stateDir,
    network,
    system,
    db,
    prometheus,
    publish: (topic, value) => publish(system, topic, value),
  };
}

/** A file system that can be filled without taking the machine's; only root may. */
async function mountSmall(disk, stops) {
  await mkdir(disk);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0777`, 'tmpfs', disk], { stdio: 'ignore' });
  if (status !== 0) return false;
  stops.unshift(async () => void spawnSync('umount', [disk]));
  return true;
}

function throughPort(address, port) {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}

async function publish(system, topic, value) {
  const producer = system.kafka('handoff-planter').producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({ topic: system.topicPrefix + topic, messages: Array.isArray(value) ? value : [{ value }] });
  await producer.disconnect();
}

/** Some packets as agents send them: enough that every partition has one. */
export async function publishPackets(site, count = 12) {
  const { packets } = await packetsToSend(null);
  const run = Date.now().toString(36);
  const messages = Array.from({ length: count }, (_, at) => {
    const task_id = `planted-${run}-${at}`;
    return { key: task_id, value: JSON.stringify({ ...packets[at % packets.length], task_id }) };
  });
  await site.publish('handoff.escalations', messages);
}

export async function writePolicy(site, name, text) {
  const file = join(site.folder, name);
  await writeFile(file, text);
  return file;
}
