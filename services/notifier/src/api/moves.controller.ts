import { validate, type HandoffId, type HandoffMove } from '@handoff/contracts';
import { valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { MoveRequest } from '../domain/move-request.js';
import type { SignedIn } from '../store/sessions.js';
import { MoveRecorder } from './move-recorder.js';
import { Me, SessionGuard } from './session.guard.js';

/** What a person does short of deciding, and after it. */
@Controller('desk/v1/handoffs/:id/moves')
@UseGuards(SessionGuard)
export class MovesController {
  constructor(@Inject(MoveRecorder) private readonly recorder: MoveRecorder) {}

  @Post()
  @HttpCode(201)
  async move(@Me() who: SignedIn, @Param('id', ParseUUIDPipe) handoffId: HandoffId, @Body() body: unknown): Promise<HandoffMove> {
    const request = valueOrProblem(validate(MoveRequest, body));
    return this.recorder.record({ handoffId, who, request, channel: 'desk' });
  }
}
