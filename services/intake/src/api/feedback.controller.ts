import type { HandoffFeedback } from '@handoff/contracts';
import { numberIn, Problem, type Query } from '@handoff/runtime';
import { Controller, Get, HttpStatus, Inject, Param, Query as FromQuery, Req, UseGuards } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { CallingAgent } from '../store/agent-keys.js';
import { HandoffViews } from '../store/handoff-views.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { AnswerWatch } from './answer-watch.js';
import { handoffIdOf, notFound } from './handoffs.controller.js';

const MAX_WAIT_SECONDS = 60;
const MAX_REVISION = 2_147_483_647;

/** What an agent hears back of one handoff, by itself. */
@Controller('v1/handoffs')
@UseGuards(AgentGuard)
export class FeedbackController {
  constructor(
    @Inject(HandoffViews) private readonly views: HandoffViews,
    @Inject(AnswerWatch) private readonly watch: AnswerWatch,
  ) {}

  /** With `wait`, answers once there is a revision after `after`; without one in time it is not there. */
  @Get(':id/feedback')
  async read(
    @Caller() agent: CallingAgent,
    @Param('id') id: string,
    @FromQuery() query: Query,
    @Req() request: { readonly raw: IncomingMessage },
  ): Promise<HandoffFeedback> {
    const after = numberIn(query, 'after', { or: 0, min: 0, max: MAX_REVISION });
    const until = Date.now() + numberIn(query, 'wait', { or: 0, min: 0, max: MAX_WAIT_SECONDS }) * 1000;
    for (;;) {
      const found = await this.views.find(agent, handoffIdOf(id));
      if (!found) throw notFound(id);
      const { feedback, handoff_id, sequence } = found.view;
      if (feedback && feedback.revision > after) return feedback;
      const left = until - Date.now();
      if (left <= 0 || request.raw.destroyed) throw noneYet(id, after);
      const waiting = this.watch.wait(handoff_id, sequence, left / 1000);
      request.raw.once('close', () => waiting.cancel());
      await waiting.over;
    }
  }
}

const noneYet = (id: string, after: number): Problem =>
  new Problem(
    HttpStatus.NOT_FOUND,
    'no_feedback',
    `There is no feedback on handoff ${id.slice(0, 64)}${after > 0 ? ` after revision ${after}` : ''} yet. It comes once the handoff has ended; ask with wait.`,
  );
