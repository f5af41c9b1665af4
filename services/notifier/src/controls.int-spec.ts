import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handoffControls, type HandoffControl } from '@handoff/contracts';
import { eventually, startTestService, type TestService } from '@handoff/testing';
import { DESK_ENV, DeskDoor } from './desk-door.for-spec.js';

describe('what leads pause', () => {
  const taken: string[] = [];
  let receiver: Server;
  let notifier: TestService;
  let desk: DeskDoor;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      taken.push(request.url ?? '');
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo; // it listens on a port, not on a pipe
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('./notifier.module.js'),
      env: { ...DESK_ENV, WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' },
    });
    const addresses = [{ channel: 'webhook' as const, address: `http://127.0.0.1:${port}/ana` }];
    desk = await DeskDoor.open(notifier, {
      ana: { roles: ['responder'], teams: ['support'], addresses },
      ben: { roles: ['lead'], teams: ['leads'] },
    });
  });
  afterAll(async () => {
    await notifier.stop();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const pause = (as: string, over: object = {}) =>
    desk.ask(as, 'controls/pause', { control: 'agent', name: 'refunds-agent', reason: 'It loops.', for_seconds: 600, ...over });
  const told = async (name: string): Promise<readonly HandoffControl[]> =>
    (await notifier.published(handoffControls)).filter((it) => it.name === name);
  const pausesNow = async () => (await desk.ask('ana', 'controls')).body['pauses'];

  it('is told to the other services, shown to everybody, kept in the audit log, and over by itself', async () => {
    const { status, body } = await pause('ben');
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: 'default/agent/refunds-agent', paused: true, reason: 'It loops.', changed_by: 'ben', version: 1 });
    expect(Date.parse(String(body['until'])) - Date.parse(String(body['changed_at']))).toBe(600_000);
    expect(await pausesNow()).toEqual([body]);
    expect(await told('refunds-agent')).toEqual([body]);
    const acts = await notifier.query(`SELECT subject, address, details ->> 'reason' AS reason FROM audit_log WHERE act = 'pause'`);
    expect(acts).toEqual([{ subject: 'ben', address: '127.0.0.1', reason: 'It loops.' }]); // no proxy is trusted here
    await notifier.advance(601);
    expect(await pausesNow()).toEqual([]);
  });

  it('is for leads, for a reason and for a while', async () => {
    expect(await pause('ana')).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    const wrong = await pause('ben', { reason: '', for_seconds: 30 * 86_400, control: 'world' });
    expect(wrong.status).toBe(422);
    expect(JSON.stringify(wrong.body['errors'])).toMatch(/"reason".*"for_seconds"|"control"/);
  });

  it('goes on where a lead ends it before its time, with a newer word for everybody', async () => {
    await pause('ben', { control: 'team', name: 'support' });
    const { status, body } = await desk.ask('ben', 'controls/resume', { control: 'team', name: 'support', reason: 'All back.' });
    expect([status, body['paused'], body['version']]).toEqual([200, false, 2]);
    expect(await pausesNow()).toEqual([]);
    const again = await desk.ask('ben', 'controls/resume', { control: 'team', name: 'support', reason: 'All back.' });
    expect(again).toMatchObject({ status: 404, body: { code: 'not_paused' } });
    expect((await told('support')).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('holds a channel’s copies, brings the next rung at once, and sends what still waits when it is over', async () => {
    await pause('ben', { control: 'channel', name: 'webhook' });
    const ladder = [
      { channel: 'webhook', after_seconds: 0 },
      { channel: 'email', after_seconds: 3600 },
    ] as const;
    const [waits, ends] = [await desk.gets({}, { ladder, asked: [] }), await desk.gets({}, { ladder })];
    expect(waits.handoff_id).not.toBe(ends.handoff_id);
    const copies = () =>
      notifier.query<{ channel: string; state: string; error: string }>(
        `SELECT channel, state, last_error AS error FROM notifications WHERE handoff_id = $1 AND recipient = 'ana' ORDER BY channel`,
        [ends.handoff_id],
      );
    await eventually('the mail was tried', async () => (await copies())[0]?.state === 'failed'); // no mail server is set up here
    expect((await copies())[1]).toEqual({ channel: 'webhook', state: 'due', error: 'Paused: It loops.' });
    expect(taken).toEqual([]);
    await desk.ask('ben', 'controls/resume', { control: 'channel', name: 'webhook', reason: 'It is back.' });
    await eventually('the copy that was held is delivered', async () => (await copies())[1]?.state === 'delivered');
    expect(taken).toEqual(['/ana']);
  });

  it('is known after a restore: it goes on, is in the audit log, and the next word of it is newer than any that was told', async () => {
    await notifier.backUp();
    await pause('ben', { control: 'team', name: 'leads' });
    await pause('ben', { control: 'team', name: 'leads', reason: 'Still busy.' });
    const [standing, logged] = [
      await pausesNow(),
      `SELECT subject, act, channel FROM audit_log WHERE details ->> 'reason' = 'Still busy.'`,
    ];
    const before = await notifier.query(logged);
    await notifier.restore();
    expect(await pausesNow()).toEqual(standing);
    expect(await notifier.query(logged)).toEqual(before);
    const { body } = await desk.ask('ben', 'controls/resume', { control: 'team', name: 'leads', reason: 'All back.' });
    expect([body['paused'], body['version']]).toEqual([false, 3]);
  });
});
