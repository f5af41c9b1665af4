import type { HandoffId, TaskId } from '@handoff/contracts';
import { Transactions } from '@handoff/bus';
import { isUuid, numberIn, Problem, textIn, wordIn, type Query } from '@handoff/runtime';
import { Body, Controller, Get, Headers, HttpStatus, Inject, Param, Post, Query as FromQuery, Req, Res, UseGuards } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { CallingAgent } from '../store/agent-keys.js';
import { HandoffViews, type HandoffView } from '../store/handoff-views.js';
import { Packets } from '../store/packets.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { AnswerWatch } from './answer-watch.js';
import { bytesOf } from './body.js';
import { acceptanceIn, PostHandoff } from './post-handoff.js';
import { tellTaken, type Reply } from './reply.js';

const MAX_WAIT_SECONDS = 60;
const MAX_SEQUENCE = 2_147_483_647;

@Controller('v1/handoffs')
@UseGuards(AgentGuard)
export class HandoffsController {
  constructor(
    @Inject(PostHandoff) private readonly posts: PostHandoff,
    @Inject(HandoffViews) private readonly views: HandoffViews,
    @Inject(AnswerWatch) private readonly watch: AnswerWatch,
    @Inject(Packets) private readonly packets: Packets,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  @Post()
  async escalate(
    @Caller() agent: CallingAgent,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const posted = await this.posts.ofAgent('escalation', agent, bytesOf(body), key || null);
    const acceptance = acceptanceIn(await this.viewOf(agent, posted.handoffId));
    tellTaken(reply, posted);
    return acceptance;
  }

  /** What an agent that has restarted asks: what of mine is still open. */
  @Get()
  async list(@Caller() agent: CallingAgent, @FromQuery() query: Query) {
    const asked = textIn(query, 'agent_id');
    const before = numberIn(query, 'cursor', { or: 0, min: 1, max: Number.MAX_SAFE_INTEGER });
    const filter = {
      status: wordIn(query, 'status', ['open', 'ended'] as const),
      taskId: textIn(query, 'task_id') as TaskId | null, // compared with stored ones, and with nothing else
      limit: numberIn(query, 'limit', { or: 50, min: 1, max: 200 }),
      before: before === 0 ? null : String(before),
    };
    if (asked !== null && asked !== agent.agentId) return { handoffs: [], next_cursor: null };
    const { handoffs, next } = await this.views.list(agent, filter);
    return { handoffs, next_cursor: next };
  }

  /** With `wait`, answers once there is something to act on that came after sequence `after`, or when the time is over. */
  @Get(':id')
  async read(
    @Caller() agent: CallingAgent,
    @Param('id') id: string,
    @FromQuery() query: Query,
    @Req() request: { readonly raw: IncomingMessage },
  ) {
    const wait = numberIn(query, 'wait', { or: 0, min: 0, max: MAX_WAIT_SECONDS });
    const after = numberIn(query, 'after', { or: 0, min: 0, max: MAX_SEQUENCE });
    if (wait === 0) return this.viewOf(agent, id);
    const handoffId = handoffIdOf(id);
    const waiting = this.watch.wait(handoffId, after, wait); // before the look, so that nothing falls in between
    request.raw.once('close', () => waiting.cancel());
    const found = await this.views.find(agent, handoffId);
    // It has seen more than is here: the schema was restored, and what it waits for may have come already.
    if (!found || found.actSequence > after || found.view.sequence < after) waiting.cancel();
    await waiting.over;
    return this.viewOf(agent, id);
  }

  /** The bytes of one version exactly as they came. */
  @Get(':id/packet')
  async packet(
    @Caller() agent: CallingAgent,
    @Param('id') id: string,
    @FromQuery() query: Query,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { handoff_id } = await this.viewOf(agent, id);
    const version = numberIn(query, 'version', { or: 0, min: 1, max: MAX_SEQUENCE });
    const kept = await this.transactions.run((tx) => this.packets.bytesOf(tx, handoff_id, version === 0 ? null : version));
    if (!kept) throw new Problem(HttpStatus.NOT_FOUND, 'not_found', `Handoff ${handoff_id} has no packet version ${version}.`);
    reply.header('content-type', 'application/json').header('handoff-packet-version', String(kept.packetVersion));
    return kept.bytes;
  }

  private async viewOf(agent: CallingAgent, id: string): Promise<HandoffView> {
    const found = await this.views.find(agent, handoffIdOf(id));
    if (!found) throw notFound(id);
    return found.view;
  }
}

export function handoffIdOf(id: string): HandoffId {
  if (!isUuid(id)) throw notFound(id);
  return id.toLowerCase() as HandoffId; // a UUID, and nobody's until it is looked up with the agent
}

export const notFound = (id: string): Problem =>
  new Problem(
    HttpStatus.NOT_FOUND,
    'not_found',
    `There is no handoff ${id.slice(0, 64)} of this agent. Check the id and whose key this is.`,
  );
