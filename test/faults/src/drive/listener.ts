import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { Agent } from './agent.js';
import type { Ears } from './ears.js';

const SHORTEST_MS = 2000;
const LONGEST_MS = 15_000;
const PAUSE_MS = 200;

/** An agent at its event stream. Now and then it hangs up, and comes back to any replica for what it has missed. */
export class Listener {
  /** The last thing that it was told. */
  private last = '0';
  private readonly ended = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly agent: Agent,
    private readonly ears: Ears,
    private readonly random: Random,
  ) {}

  get agentId(): string {
    return this.agent.id;
  }

  get position(): string {
    return this.last;
  }

  start(): void {
    this.loop = this.flow();
  }

  async stop(): Promise<void> {
    this.ended.abort();
    await this.loop;
  }

  private async flow(): Promise<void> {
    for (; !this.ended.signal.aborted; await sleep(PAUSE_MS)) await this.listen().catch(() => undefined); // the door is closed, or it hung up
  }

  private async listen(): Promise<void> {
    const hangsUp = AbortSignal.timeout(this.random.whole(SHORTEST_MS, LONGEST_MS));
    const stream = await this.agent.listens(this.last, AbortSignal.any([this.ended.signal, hangsUp]));
    let rest = '';
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.take(fieldsOf(block));
    }
  }

  private take({ id, event, data }: Readonly<Record<string, string>>): void {
    if (id === undefined || event === undefined || data === undefined || event === 'heartbeat') return;
    this.last = id;
    this.ears.hear(this.agent.id, id, event, JSON.parse(data));
  }
}

/** Of one event, as text/event-stream has them. */
function fieldsOf(block: string): Readonly<Record<string, string>> {
  const lines = block.split('\n').filter((line) => line.includes(':'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]));
}
