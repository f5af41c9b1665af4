import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handoffAccepted, handoffEscalations, handoffRejected, type JsonObject } from '@handoff/contracts';
import { startTestService, type TestService } from '@handoff/testing';
import { Vault, packetName } from './store/vault.js';

/** Beside the repository, and never in it: see its README. */
const FILE = join(process.cwd(), '../shared/data/tau_handoff_dev.jsonl.gz');
const withData = existsSync(FILE) ? describe : describe.skip;

withData('the packets of real agents (skipped where ../shared/data is not beside the repository)', () => {
  const DATA_KEY = randomBytes(32).toString('base64');
  let door: TestService;

  beforeAll(async () => {
    door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env: { DATA_KEY } });
  }, 60_000);
  afterAll(async () => {
    await door?.stop();
  });

  it('are all accepted, and read back as they were sent', async () => {
    const lines = gunzipSync(readFileSync(FILE)).toString('utf8').trim().split('\n');
    const packets = lines.map((line) => (JSON.parse(line) as { readonly packet: JsonObject }).packet);
    const values = packets.map((packet) => JSON.stringify(packet));
    await door.deliverRaw(
      handoffEscalations,
      values.map((value) => ({ value })),
    );
    expect(await door.published(handoffRejected)).toEqual([]);
    expect(await door.published(handoffAccepted)).toHaveLength(packets.length);
    const kept = await door.query<{ handoff_id: string; sent: Buffer }>('SELECT handoff_id, sent FROM packets');
    const vault = new Vault({ DATA_KEY, DATA_KEYS_BEFORE: '' });
    const read = kept.map(({ handoff_id, sent }) => vault.open(sent, packetName(handoff_id, 1)).toString());
    expect(read.toSorted()).toEqual(values.toSorted());
  }, 120_000);
});
