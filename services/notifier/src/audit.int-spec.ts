import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isJsonObject, type HandoffAccepted, type JsonObject } from '@handoff/contracts';
import { startTestService, type TestService } from '@handoff/testing';
import { DESK_ENV, FORWARDED_FOR, DeskDoor } from './desk-door.for-spec.js';

const KEY = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const COMMAND = join(process.cwd(), 'services/notifier/dist/src/cli/evidence.js');

describe('what people did and saw', () => {
  let notifier: TestService;
  let desk: DeskDoor;
  let folder: string;
  let handoff: HandoffAccepted;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-evidence-'));
    const env = { ...DESK_ENV, EVIDENCE_SIGNING_KEY: KEY, TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1' };
    notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env });
    desk = await DeskDoor.open(notifier, {
      ana: { roles: ['responder'], teams: ['support'] },
      ben: { roles: ['responder', 'lead'], teams: ['support', 'leads'] },
      chloe: { roles: ['responder'], teams: ['managers'] },
    });
    handoff = await desk.gets();
  });
  afterAll(async () => {
    await notifier.stop();
    for (const name of ['EVIDENCE_SIGNING_KEY', 'TRUSTED_PROXIES']) delete process.env[name];
    await rm(folder, { recursive: true, force: true });
  });

  const entries = async (query = ''): Promise<readonly JsonObject[]> => {
    const { body } = await desk.ask('ben', `audit${query}`);
    return Array.isArray(body['entries']) ? body['entries'].filter(isJsonObject) : [];
  };
  const actsOf = (found: readonly JsonObject[]) => found.map(({ subject, act }) => `${String(subject)} ${String(act)}`);

  it('is read by handoff, the newest first, with when, from where and through which channel', async () => {
    for (const person of ['ana', 'ana', 'ben']) await desk.ask(person, `handoffs/${handoff.handoff_id}`);
    await desk.ask('ana', `handoffs/${handoff.handoff_id}/moves`, { move: 'acknowledge' });
    await desk.ask('ana', `handoffs/${handoff.handoff_id}/decisions`, { packet_version: 1, type: 'reject', message: 'No.' });
    const found = await entries(`?handoff_id=${handoff.handoff_id}`);
    expect(actsOf(found)).toEqual(['ana reject', 'ana acknowledge', 'ben seen', 'ana seen']);
    expect(found.filter(({ channel, address }) => channel !== 'desk' || address !== FORWARDED_FOR)).toEqual([]);
    expect(found[3]?.['details']).toEqual({ packet_version: 1 });
  });

  it('says once that somebody has had a version open, after the end too', async () => {
    for (const person of ['ben', 'chloe']) await desk.ask(person, `handoffs/${handoff.handoff_id}`);
    expect(actsOf(await entries(`?handoff_id=${handoff.handoff_id}&act=seen`))).toEqual(['chloe seen', 'ben seen', 'ana seen']);
  });

  it('is read by person and by time, page by page', async () => {
    const all = await entries('?subject=ana');
    expect(all.length).toBeGreaterThanOrEqual(3);
    expect(new Set(all.map(({ subject }) => subject))).toEqual(new Set(['ana']));
    const first = await desk.ask('ben', 'audit?subject=ana&limit=2');
    const rest = await desk.ask('ben', `audit?subject=ana&limit=2&after=${String(first.body['next'])}`);
    expect([...(first.body['entries'] as JsonObject[]), ...(rest.body['entries'] as JsonObject[])]).toEqual(all.slice(0, 4));
    const oldest = String(all.at(-1)?.['at']);
    expect((await entries(`?subject=ana&before=${oldest}`)).length).toBe(0);
    expect((await entries(`?subject=ana&since=${oldest}`)).length).toBe(all.length);
  });

  it('is for leads and admins', async () => {
    for (const path of ['audit', `handoffs/${handoff.handoff_id}/evidence`])
      expect(await desk.ask('ana', path)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    expect((await desk.ask('ana', 'me')).body).toMatchObject({ may_lead: false, signs_evidence: true }); // so that the page offers neither
    expect((await desk.ask('ben', 'me')).body).toMatchObject({ may_lead: true, signs_evidence: true });
    expect((await desk.ask('ben', 'audit?after=nonsense')).status).toBe(422);
    expect((await desk.ask('ben', 'audit?since=yesterday')).status).toBe(422);
  });

  it('is exported as a table that runs nothing where it is opened, and the export is an entry too', async () => {
    await notifier.query(`INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details)
      VALUES (gen_random_uuid(), handoff_now(), 'default', '=cmd|'' /C calc''!A0', 'seen', NULL, '{}')`);
    const { headers, text } = await desk.ask('ben', 'audit?format=csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text).toContain(`,'=cmd|`);
    expect(text).not.toMatch(/(^|,|")=/m);
    expect(actsOf(await entries('?act=export_audit'))).toEqual(['ben export_audit']);
  });

  describe('as evidence', () => {
    const verify = async (file: object, ...more: readonly string[]) => {
      const path = join(folder, 'file.json');
      await writeFile(path, JSON.stringify(file, null, 2));
      const env = { ...process.env, EVIDENCE_SIGNING_KEY: more.length > 0 ? '' : KEY };
      return promisify(execFile)(process.execPath, [COMMAND, 'verify', path, ...more], { env }).then(
        ({ stdout }) => ({ code: 0, stdout }),
        (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
      );
    };

    it('has all that is kept of a handoff, signed, and whoever has the public key can verify it', async () => {
      const { headers, body } = await desk.ask('ben', `handoffs/${handoff.handoff_id}/evidence`);
      expect(headers.get('content-disposition')).toContain(`handoff-${handoff.handoff_id}.evidence.json`);
      expect(body['evidence']).toMatchObject({
        handoff_id: handoff.handoff_id,
        exported_by: 'ben',
        packets: [{ packet_version: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), packet: { task_id: handoff.task_id } }],
        decision: { type: 'reject', message: 'No.' },
        audit: [
          { act: 'seen' },
          { act: 'seen' },
          { act: 'acknowledge' },
          { act: 'reject' },
          { act: 'seen', subject: 'chloe' },
          { act: 'export_evidence' },
        ],
      });
      expect(await verify(body)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Valid: handoff ${handoff.handoff_id}, exported by ben`),
      });
      const { text: keys } = await desk.ask('ana', 'evidence-keys');
      await writeFile(join(folder, 'keys.json'), keys);
      expect((await verify(body, '--keys', join(folder, 'keys.json'))).code).toBe(0);
    });

    it('is found out where a word of it was changed', async () => {
      const { body } = await desk.ask('ben', `handoffs/${handoff.handoff_id}/evidence`);
      const forged = JSON.parse(JSON.stringify(body).replace('"No."', '"Yes."')) as JsonObject;
      expect(await verify(forged)).toMatchObject({ code: 1, stdout: expect.stringContaining('INVALID: The signature does not fit') });
    });
  });

  it('is handed over at the end of a shift: what is open, who is on it, and what was said last', async () => {
    const [taken, waiting, others] = [await desk.gets(), await desk.gets(), await desk.gets({}, { team: 'managers' as never, asked: [] })];
    await desk.ask('ana', `handoffs/${taken.handoff_id}/moves`, { move: 'acknowledge' });
    for (const [at, note] of ['first', 'second', 'third', 'last'].entries())
      await notifier.query(
        `INSERT INTO audit_log (id, at, tenant, subject, act, handoff_id, details)
         VALUES (gen_random_uuid(), handoff_now() + make_interval(secs => $3), 'default', 'ana', 'comment', $1, jsonb_build_object('note', $2::text))`,
        [taken.handoff_id, note, at],
      );
    const { body } = await desk.ask('ben', 'handover?team=support');
    const items = (body['items'] as JsonObject[]).filter(({ handoff_id }) =>
      [taken, waiting, others].some((it) => it.handoff_id === handoff_id),
    );
    expect(items.map(({ handoff_id, acknowledged_by }) => [handoff_id, acknowledged_by])).toEqual(
      expect.arrayContaining([
        [taken.handoff_id, 'ana'],
        [waiting.handoff_id, null],
      ]),
    );
    expect(items).toHaveLength(2);
    const comments = items.find(({ handoff_id }) => handoff_id === taken.handoff_id)?.['last_comments'] as JsonObject[];
    expect(comments.map(({ by, text }) => [by, text])).toEqual([
      ['ana', 'last'],
      ['ana', 'third'],
      ['ana', 'second'],
    ]);
    expect((await desk.ask('ana', 'handover?team=managers')).status).toBe(403);
    expect((await desk.ask('ben', 'handover?team=managers')).body['items']).toMatchObject([{ handoff_id: others.handoff_id }]);
  });
});
