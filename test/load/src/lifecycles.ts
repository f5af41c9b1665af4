import { createServer, type Server } from 'node:http';
import { LATENCIES, type Latency } from './orders.js';

/** One packet on its way from the agent to a person and back. */
interface Lifecycle {
  readonly submittedAt: number;
  acknowledgedAt: number;
  notifiedAt: number;
  answeredAt: number;
  decidedAt: number;
  readonly done: () => void;
}

export type Latencies = Readonly<Record<Latency, number>>;

/** Keeps lifecycles in flight and notes when each step of them was seen; knows nothing of how they are sent. */
export class Lifecycles {
  private readonly byTask = new Map<string, Lifecycle>();
  private readonly completed: Latencies[] = [];
  private failure: Error | null = null;
  private fail: (error: Error) => void = () => undefined;
  private readonly failed = new Promise<never>((_, reject) => (this.fail = reject));

  constructor() {
    this.failed.catch(() => undefined);
  }

  /** Resolves once its decision was read back; every step before it has been seen by then. */
  async begin(taskId: string, submit: () => void): Promise<void> {
    if (this.failure) throw this.failure;
    const done = new Promise<void>((resolve) => {
      this.byTask.set(taskId, {
        submittedAt: performance.now(),
        acknowledgedAt: 0,
        notifiedAt: 0,
        answeredAt: 0,
        decidedAt: 0,
        done: resolve,
      });
      submit();
    });
    await Promise.race([done, this.failed]);
  }

  /** @param step the instant that has come; only the first time counts, for a record or message may come twice */
  saw(taskId: string, step: 'acknowledgedAt' | 'notifiedAt' | 'answeredAt' | 'decidedAt'): boolean {
    const lifecycle = this.byTask.get(taskId);
    if (!lifecycle || lifecycle[step] > 0) return false;
    lifecycle[step] = performance.now();
    this.completeIfWhole(taskId, lifecycle);
    return true;
  }

  /** What has gone wrong ends the run: a figure without it would be one of something else. */
  stopBecause(error: Error): void {
    this.failure ??= error;
    this.fail(error);
  }

  inFlight(): number {
    return this.byTask.size;
  }

  /** Those that were completed since the last call. */
  take(): readonly Latencies[] {
    return this.completed.splice(0);
  }

  private completeIfWhole(taskId: string, it: Lifecycle): void {
    if (it.acknowledgedAt === 0 || it.notifiedAt === 0 || it.decidedAt === 0) return;
    this.byTask.delete(taskId);
    this.completed.push({
      submit_acknowledged: it.acknowledgedAt - it.submittedAt,
      submit_notified: it.notifiedAt - it.submittedAt,
      decision_to_agent: it.decidedAt - it.answeredAt,
    });
    it.done();
  }
}

export const columnOf = (latencies: readonly Latencies[], name: Latency): readonly number[] => latencies.map((it) => it[name]);
export { LATENCIES };

/** What the person is told, as far as the bench looks into it. */
export interface Copy {
  readonly handoffId: string;
  readonly taskId: string;
  readonly packetVersion: number;
}

/** A person's own endpoint: takes a message, says 204, and looks into it afterwards. */
export async function receiveWebhooks(port: number, take: (copy: Copy) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(204).end();
      const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly data: Copy };
      take(data);
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return server;
}
