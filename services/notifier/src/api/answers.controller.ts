import { validate, type HandoffDecision, type HandoffId } from '@handoff/contracts';
import { valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpStatus, Inject, Param, ParseUUIDPipe, Post, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Answer } from '../domain/answer.js';
import type { RecordedVote } from '../store/keep-votes.js';
import type { SignedIn } from '../store/sessions.js';
import { AnswerRecorder } from './answer-recorder.js';
import { Me, SessionGuard } from './session.guard.js';

/** The people's door: the only way to a person's decision. */
@Controller('desk/v1/handoffs/:id/decisions')
@UseGuards(SessionGuard)
export class AnswersController {
  constructor(@Inject(AnswerRecorder) private readonly recorder: AnswerRecorder) {}

  /** 201 with the decision; 202 with the vote where others have to agree first. */
  @Post()
  async decide(
    @Me() who: SignedIn,
    @Param('id', ParseUUIDPipe) handoffId: HandoffId,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HandoffDecision | RecordedVote> {
    const answer = valueOrProblem(validate(Answer, body));
    const recorded = await this.recorder.record({ handoffId, who, answer, channel: 'desk' });
    reply.status(recorded.kind === 'decided' ? HttpStatus.CREATED : HttpStatus.ACCEPTED);
    return recorded.kind === 'decided' ? recorded.decision : recorded.vote;
  }
}
