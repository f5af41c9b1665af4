import { validate } from '@handoff/contracts';
import { Problem, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BatchAnswer, checkSameAction, type Answered } from '../domain/batch-answer.js';
import { asksOf } from '../store/desk-views.js';
import type { SignedIn } from '../store/sessions.js';
import { AnswerRecorder, type GivenAnswer } from './answer-recorder.js';
import { Me, SessionGuard } from './session.guard.js';

/** One press for many handoffs that ask for the same action; each is judged, and answered, by itself. */
@Controller('desk/v1/decisions')
@UseGuards(SessionGuard)
export class BatchAnswersController {
  constructor(
    @Inject(AnswerRecorder) private readonly recorder: AnswerRecorder,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  @Post()
  @HttpCode(200)
  async decide(@Me() who: SignedIn, @Body() body: unknown): Promise<{ readonly results: readonly object[] }> {
    const batch = valueOrProblem(validate(BatchAnswer, body));
    const { handoffs, ...answer } = batch;
    const asks = await asksOf(
      this.source.manager,
      who.tenant,
      handoffs.map(({ handoff_id }) => handoff_id),
    );
    valueOrProblem(checkSameAction(batch, asks));
    const given = (it: Answered): GivenAnswer => ({
      handoffId: it.handoff_id,
      who,
      answer: { ...answer, packet_version: it.packet_version },
      channel: 'desk',
    });
    return { results: await Promise.all(handoffs.map((it) => this.record(given(it)))) };
  }

  private async record(given: GivenAnswer): Promise<object> {
    const { handoffId: handoff_id } = given;
    try {
      const recorded = await this.recorder.record(given);
      return recorded.kind === 'decided'
        ? { handoff_id, status: 201, decision: recorded.decision }
        : { handoff_id, status: 202, vote: recorded.vote };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { handoff_id, status: error.getStatus(), code: error.code, detail: error.detail };
    }
  }
}
