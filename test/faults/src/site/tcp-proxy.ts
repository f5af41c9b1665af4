import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the network does to what passes; all zero is a good network. */
export interface Toxics {
  /** One way, each chunk. */
  readonly latencyMs: number;
  /** Added to the latency, drawn anew for each chunk. */
  readonly jitterMs: number;
  /** Zero for no limit; each direction of each connection has its own. */
  readonly bytesPerSecond: number;
  /** Each connection is reset after about that long; zero for never. */
  readonly resetAfterMs: number;
}

export const GOOD_NETWORK: Toxics = { latencyMs: 0, jitterMs: 0, bytesPerSecond: 0, resetAfterMs: 0 };

/** Stands between the services and one server, on a port that stays; what it does to connections can be changed at any time. */
export class TcpProxy {
  private toxics = GOOD_NETWORK;
  private server: Server | null = null;
  private isCut = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: number,
    private listeningOn: number,
  ) {}

  static async listen(target: number, port = 0): Promise<TcpProxy> {
    const proxy = new TcpProxy(target, port);
    await proxy.mend();
    return proxy;
  }

  get port(): number {
    return this.listeningOn;
  }

  /** For the connections that are open, too. */
  poison(toxics: Partial<Toxics>): void {
    this.toxics = { ...GOOD_NETWORK, ...toxics };
    for (const socket of this.sockets) this.resetLater(socket);
  }

  /** From now on nobody gets through: open connections are reset, new ones refused. */
  cut(): void {
    this.isCut = true;
    this.server?.close(); // it listens no more from here on
    this.server = null;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async mend(): Promise<void> {
    this.isCut = false;
    this.toxics = GOOD_NETWORK;
    if (!this.server) await this.open();
  }

  private async open(): Promise<void> {
    const server = createServer((client) => this.join(client));
    this.server = server;
    server.listen(this.listeningOn, '127.0.0.1');
    await once(server, 'listening');
    this.listeningOn = (server.address() as AddressInfo).port; // it listens on TCP
  }

  /** Where the server itself is gone, clients are refused here as they would be there. */
  private async hide(): Promise<void> {
    if (!this.server) return;
    this.server.close();
    this.server = null;
    while (!this.isCut && !(await answers(this.target))) await sleep(50);
    if (!this.isCut && !this.server) await this.open();
  }

  private join(client: Socket): void {
    const upstream = connect(this.target, '127.0.0.1');
    upstream.once('error', ({ code }: NodeJS.ErrnoException) => code === 'ECONNREFUSED' && void this.hide());
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => undefined); // 'close' follows
      from.once('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      void this.carry(from, to);
      this.resetLater(from);
    }
  }

  /** One chunk at a time: a slow network pushes back. */
  private async carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        const wait = this.delayOf(chunk as Buffer); // sockets without an encoding give buffers
        if (wait > 0) await sleep(wait);
        if (!to.writable) return;
        if (!to.write(chunk)) await once(to, 'drain');
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  private delayOf(chunk: Buffer): number {
    const { latencyMs, jitterMs, bytesPerSecond } = this.toxics;
    return latencyMs + Math.random() * jitterMs + (bytesPerSecond > 0 ? (chunk.length / bytesPerSecond) * 1000 : 0);
  }

  private resetLater(socket: Socket): void {
    const { resetAfterMs } = this.toxics;
    if (resetAfterMs > 0) setTimeout(() => socket.resetAndDestroy(), resetAfterMs * (0.5 + Math.random())).unref();
  }
}

async function answers(port: number): Promise<boolean> {
  const probe = connect(port, '127.0.0.1');
  const isThere = await new Promise<boolean>((tell) => probe.once('connect', () => tell(true)).once('error', () => tell(false)));
  probe.destroy();
  return isThere;
}
