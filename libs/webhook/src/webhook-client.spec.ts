import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { WebhookClient } from './webhook-client.js';

const SECRET = `whsec_${Buffer.from('a secret for tests, long enough').toString('base64')}`;

describe('a webhook', () => {
  let server: Server;
  let url: string;
  let got: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
  const client = new WebhookClient({ allowedNetworks: ['127.0.0.0/8'], timeoutMs: 300 });

  const headersOf = (status: number): Record<string, string> => ({
    ...(status === 302 ? { location: `${url}/200` } : {}),
    ...(status === 201 ? { 'handoff-reference': 'copy-201' } : {}),
    ...(status === 429 ? { 'retry-after': '7' } : {}),
  });

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got.push({ headers: request.headers, body });
        const status = Number(request.url?.slice(1));
        if (status > 0) response.writeHead(status, headersOf(status)).end();
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('carries a signature that any Standard Webhooks library verifies', async () => {
    got = [];
    expect(await client.send({ url: `${url}/204`, secret: SECRET }, 'msg_1', { hello: 'there' })).toEqual({
      kind: 'delivered',
      reference: null,
    });
    const [{ headers, body }] = got as [{ headers: Record<string, string>; body: string }];
    expect(new Webhook(SECRET).verify(body, headers)).toEqual({ hello: 'there' });
    expect(headers['webhook-id']).toBe('msg_1');
  });

  it('follows no redirect', async () => {
    got = [];
    expect(await client.send({ url: `${url}/302`, secret: SECRET }, 'msg_2', {})).toEqual({
      kind: 'refused',
      status: 302,
      retryAfter: null,
    });
    expect(got).toHaveLength(1);
  });

  it('tells a receiver that wants no more from one that is in trouble, and from none', async () => {
    expect(await client.send({ url: `${url}/410`, secret: SECRET }, 'msg_3', {})).toEqual({ kind: 'gone' });
    expect(await client.send({ url: `${url}/500`, secret: SECRET }, 'msg_4', {})).toEqual({
      kind: 'refused',
      status: 500,
      retryAfter: null,
    });
    expect(await client.send({ url: 'http://127.0.0.1:9/', secret: SECRET }, 'msg_5', {})).toMatchObject({ kind: 'failed' });
  });

  it('gives up on a receiver that does not answer', async () => {
    expect(await client.send({ url: `${url}/0`, secret: SECRET }, 'msg_6', {})).toMatchObject({ kind: 'failed' });
  });

  it('judges a name anew at each connection, and connects to what it has judged', async () => {
    let asked = 0;
    const lookup = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    const rebound = new WebhookClient({ allowedNetworks: ['127.0.0.1/32'], lookup });
    const named = url.replace('127.0.0.1', 'rebound.test');
    got = [];
    expect(await rebound.send({ url: `${named}/204`, secret: SECRET }, 'msg_8', {})).toMatchObject({ kind: 'delivered' });
    server.closeAllConnections();
    expect(await rebound.send({ url: `${named}/204`, secret: SECRET }, 'msg_9', {})).toMatchObject({
      kind: 'forbidden',
      reason: expect.stringContaining('127.0.0.2'),
    });
    expect(got).toHaveLength(1);
    await rebound.close();
  });

  it('does not reach a name of which one address is private', async () => {
    const lookup = async () => ['93.184.215.14', '10.0.0.1'].map((address) => ({ address, family: 4 }));
    const mixed = new WebhookClient({ lookup });
    expect(await mixed.send({ url: 'http://mixed.test/', secret: SECRET }, 'msg_10', {})).toMatchObject({ kind: 'forbidden' });
    await mixed.close();
  });

  it('hears how a receiver calls its copy, and when one that is in trouble wants to be asked again', async () => {
    expect(await client.send({ url: `${url}/201`, secret: SECRET }, 'msg_11', {})).toEqual({ kind: 'delivered', reference: 'copy-201' });
    expect(await client.send({ url: `${url}/429`, secret: SECRET }, 'msg_12', {})).toEqual({ kind: 'refused', status: 429, retryAfter: 7 });
  });

  it('does not reach a private address that nobody allowed', async () => {
    const strict = new WebhookClient();
    got = [];
    expect(await strict.send({ url: `${url}/204`, secret: SECRET }, 'msg_7', {})).toMatchObject({
      kind: 'forbidden',
      reason: expect.stringContaining('nothing was sent'),
    });
    expect(got).toEqual([]);
    await strict.close();
  });
});
