import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isJsonObject, type HandoffId, type Json } from '@handoff/contracts';
import { register } from 'prom-client';
import { readBody } from '../catcher/read-body.js';
import { isSignedWith } from '../catcher/is-signed-with.js';
import type { CanarySettings } from './canary-settings.js';

/** A copy as notifier's webhook channel sends it to the robot. */
export interface Notified {
  readonly handoffId: HandoffId;
  readonly taskId: string;
  readonly packetVersion: number;
}

export interface Doors {
  readonly notified: (copy: Notified) => void;
  readonly isReady: () => boolean;
}

/** Where notifier tells the robot, and where Prometheus looks. @returns closes it */
export async function serve({ host, port, webhookSecret }: CanarySettings, doors: Doors): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    answer(request, webhookSecret, doors).then(
      ({ status, body, type = 'application/json' }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => fail(response),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

const fail = (response: ServerResponse): void => void response.writeHead(400).end();

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

async function answer(request: IncomingMessage, secret: string, { notified, isReady }: Doors): Promise<Answer> {
  switch (`${request.method} ${request.url}`) {
    case 'POST /notified': {
      const body = await readBody(request);
      if (!isSignedWith(secret, body, request.headers)) return say(401, 'The signature is missing or wrong.');
      const copy = copyIn(body);
      if (copy) notified(copy);
      return { status: 204, body: '' };
    }
    case 'GET /metrics':
      return { status: 200, body: await register.metrics(), type: register.contentType };
    case 'GET /health/live':
      return say(200, 'alive');
    case 'GET /health/ready':
      return isReady() ? say(200, 'hears and publishes') : say(503, 'Kafka is not reached yet');
    default:
      return say(404, 'There is POST /notified; GET /metrics, /health/live and /health/ready.');
  }
}

const say = (status: number, message: string): Answer => ({ status, body: JSON.stringify({ message }) });

function copyIn(body: string): Notified | null {
  const sent = JSON.parse(body) as Json; // what JSON.parse gives is Json
  const copy = isJsonObject(sent) && sent['type'] === 'handoff.asked' ? (sent['data'] ?? null) : null;
  if (!isJsonObject(copy)) return null;
  const { handoffId, taskId, packetVersion } = copy;
  if (typeof handoffId !== 'string' || typeof taskId !== 'string' || typeof packetVersion !== 'number') return null;
  return { handoffId: handoffId as HandoffId, taskId, packetVersion }; // notifier's own word, as its signature says
}
