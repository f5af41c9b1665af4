import { fault } from '@handoff/contracts';
import { Problem, textIn, type Query } from '@handoff/runtime';
import { Controller, Headers, Inject, Query as FromQuery, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import { interval, map, merge, Observable, Subject, takeUntil, timer } from 'rxjs';
import type { AgentEvent } from '../domain/agent-event.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentEvents } from '../store/agent-events.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { EventStreams } from './event-streams.js';

const HEARTBEAT_MS = 15_000;
/** Then whoever listens comes back, and its key is looked at again. */
const LONGEST_MS = 15 * 60_000;
const POSITION = /^[0-9]{1,18}$/;

/** What there is to act on, as it comes: for agents that neither read topics nor ask again and again. */
@Controller('v1/events')
@UseGuards(AgentGuard)
export class EventsController {
  constructor(
    @Inject(AgentEvents) private readonly events: AgentEvents,
    @Inject(EventStreams) private readonly streams: EventStreams,
  ) {}

  /** After the one that `Last-Event-ID` (or `after`) names, else from now on. */
  @Sse()
  async stream(
    @Caller() agent: CallingAgent,
    @Headers('last-event-id') last: string | undefined,
    @FromQuery() query: Query,
  ): Promise<Observable<MessageEvent>> {
    const after = last || textIn(query, 'after');
    if (after && !POSITION.test(after)) throw Problem.invalid([fault('after', 'bad_format', 'after is the id of an event, or 0.')]);
    const position = after || (await this.events.newest(agent));
    const ended = new Subject<void>();
    const news = new Observable<MessageEvent>((observer) =>
      this.streams.open({
        agent,
        position,
        push: (events) => events.forEach((event) => observer.next(messageOf(event))),
        end: () => ended.next(),
      }),
    );
    const beats = interval(HEARTBEAT_MS).pipe(map((): MessageEvent => ({ type: 'heartbeat', data: {} })));
    return merge(news, beats).pipe(takeUntil(merge(ended, timer(LONGEST_MS))));
  }
}

const messageOf = ({ position, kind, data }: AgentEvent): MessageEvent => ({ id: position, type: kind, data });
