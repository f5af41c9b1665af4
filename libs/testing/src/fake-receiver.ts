import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

/** How a request is answered: `hang` takes it and never answers, `take-and-hang` does so once it has done what was asked. */
export type Scripted = 'hang' | 'take-and-hang' | ScriptedAnswer | Promise<ScriptedAnswer>;

/** The world outside behind HTTP: keeps what it gets, and fails as it is told to. */
export class FakeReceiver {
  readonly got: ReceivedRequest[] = [];
  /** Used up one by one; then everything is answered as usual. */
  readonly script: Scripted[] = [];
  /** Instead of the usual answer, until it is null again. */
  always: Scripted | null = null;

  private constructor(
    private readonly server: Server,
    private readonly usual: (request: ReceivedRequest) => ScriptedAnswer,
  ) {}

  static async start(usual: (request: ReceivedRequest) => ScriptedAnswer = () => ({ status: 204 })): Promise<FakeReceiver> {
    const receiver = new FakeReceiver(createServer(), usual);
    receiver.server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        void receiver.take({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') }, response);
      });
    });
    await new Promise<void>((listening) => receiver.server.listen(0, '127.0.0.1', listening));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }

  private async take(request: ReceivedRequest, response: ServerResponse): Promise<void> {
    this.got.push(request);
    const answer = this.script.shift() ?? this.always ?? this.usual(request);
    if (answer === 'take-and-hang') this.usual(request);
    if (answer === 'hang' || answer === 'take-and-hang') return;
    const { status, headers = {}, body = '' } = await answer;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { ...(typeof body === 'string' ? {} : { 'content-type': 'application/json' }), ...headers }).end(text);
  }
}
