import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { startCatcher, type Catcher } from './start-catcher.js';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

describe('the catcher', () => {
  let catcher: Catcher;
  beforeAll(async () => void (catcher = await startCatcher({ webhookSecret: SECRET })));
  afterAll(() => catcher.stop());

  it('takes a signed webhook and keeps it', async () => {
    expect(await post('/webhook/duty', { handoff_id: 'a' }, SECRET)).toBe(200);
    expect(catcher.messages().at(-1)).toMatchObject({ kind: 'webhook', name: 'duty', is_signed: true, body: { handoff_id: 'a' } });
  });

  it('refuses one that is signed with another secret, and says so', async () => {
    expect(await post('/webhook/duty', {}, `whsec_${Buffer.alloc(32, 2).toString('base64')}`)).toBe(401);
    expect(catcher.messages().at(-1)).toMatchObject({ is_signed: false });
  });

  it('refuses when asked to, as a channel that is down would', async () => {
    expect(await post('/webhook/duty?status=503', {}, SECRET)).toBe(503);
  });

  it('takes a mail and keeps whom it was for and what it said', async () => {
    await mail(new URL(catcher.smtpUrl), 'ana@example.com', 'Subject: Refund waits\r\n\r\n15 minutes left.');
    expect(catcher.messages().at(-1)).toMatchObject({
      kind: 'email',
      to: ['ana@example.com'],
      subject: 'Refund waits',
      text: '15 minutes left.',
    });
  });

  it('keeps spans by their trace', async () => {
    const span = { traceId: 'f'.repeat(32), spanId: '1'.repeat(16), name: 'accept' };
    await post('/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }, SECRET);
    const response = await fetch(`${catcher.url}/traces/${span.traceId}`);
    expect(await response.json()).toMatchObject({ spans: [{ name: 'accept' }] });
  });

  async function post(path: string, body: object, secret: string): Promise<number> {
    const text = JSON.stringify(body);
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', at, text),
    };
    return (await fetch(catcher.url + path, { method: 'POST', body: text, headers })).status;
  }
});

/** Each line waits for the server's answer, as the protocol asks; the first answer is its greeting. */
async function mail(server: URL, to: string, text: string): Promise<void> {
  const socket = createConnection(Number(server.port), server.hostname);
  for (const line of ['EHLO test', 'MAIL FROM:<desk@example.com>', `RCPT TO:<${to}>`, 'DATA', `${text}\r\n.`, 'QUIT']) {
    await once(socket, 'data');
    socket.write(`${line}\r\n`);
  }
  await once(socket.resume(), 'close');
}
