import { validate, type HandoffDecision, type HandoffId } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { Answer } from '../domain/answer.js';
import type { SignedIn } from '../store/sessions.js';
import { AnswerRecorder } from './answer-recorder.js';
import { Me, SessionGuard } from './session.guard.js';

/** The people's door: the only way to a person's decision. */
@Controller('desk/v1/handoffs/:id/decisions')
@UseGuards(SessionGuard)
export class AnswersController {
  constructor(@Inject(AnswerRecorder) private readonly recorder: AnswerRecorder) {}

  @Post()
  @HttpCode(201)
  async decide(@Me() who: SignedIn, @Param('id', ParseUUIDPipe) handoffId: HandoffId, @Body() body: unknown): Promise<HandoffDecision> {
    const answer = validate(Answer, body);
    if (answer.kind === 'faults') throw Problem.invalid(answer.faults);
    return this.recorder.record({ handoffId, who, answer: answer.value, channel: 'desk' });
  }
}
