import type { Background, Logger } from '@handoff/runtime';
import { LOGGER } from '@handoff/runtime';
import { isConnectionFault, Listener, rows } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AgentEvent } from '../domain/agent-event.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentEvents, hasEventsAfter } from '../store/agent-events.js';

const LOOK_EVERY_MS = 1000;
const AT_ONCE = 100;

interface Stream {
  readonly agent: CallingAgent;
  position: string;
  readonly push: (events: readonly AgentEvent[]) => void;
  readonly end: () => void;
}

/** All open streams of this process, behind one query: at once when something was heard, and each second. */
@Injectable()
export class EventStreams implements Background {
  private readonly streams = new Set<Stream>();
  private timer: NodeJS.Timeout | null = null;
  private stopListening: () => void = () => undefined;
  private looking: Promise<void> | null = null;
  private isLookedForAgain = false;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(AgentEvents) private readonly events: AgentEvents,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.stopListening = this.listener.onNotified(() => this.look());
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.stopListening();
    for (const { end } of this.streams) end();
    this.streams.clear();
    await this.looking;
  }

  /** @returns closes it */
  open(stream: Stream): () => void {
    this.streams.add(stream);
    this.look();
    return () => this.streams.delete(stream);
  }

  /** One look at a time; what is heard meanwhile is looked for by the next. */
  private look(): void {
    this.isLookedForAgain = true;
    this.looking ??= this.lookOn().finally(() => (this.looking = null));
  }

  private async lookOn(): Promise<void> {
    while (this.isLookedForAgain && this.streams.size > 0) {
      this.isLookedForAgain = false;
      try {
        for (const stream of await this.behind()) await this.goOn(stream);
      } catch (error) {
        // They are looked at again in a second.
        this.log[isConnectionFault(error) ? 'debug' : 'warn'](
          { err: error, streams: this.streams.size },
          'Could not look for agents’ events',
        );
      }
    }
  }

  private async behind(): Promise<readonly Stream[]> {
    const open = [...this.streams];
    const found = await rows<{ at: string }>(
      this.source.manager,
      `SELECT s.at FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS s (tenant, agent_id, position, at) WHERE ${hasEventsAfter('s')}`,
      [open.map(({ agent }) => agent.tenant), open.map(({ agent }) => agent.agentId), open.map(({ position }) => position)],
    );
    return found.flatMap(({ at }) => open[Number(at) - 1] ?? []);
  }

  private async goOn(stream: Stream): Promise<void> {
    const events = await this.events.read(stream.agent, stream.position, AT_ONCE);
    stream.position = events.at(-1)?.position ?? stream.position;
    if (events.length > 0 && this.streams.has(stream)) stream.push(events);
    if (events.length === AT_ONCE) this.isLookedForAgain = true;
  }
}
