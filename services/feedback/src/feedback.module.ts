import { PlatformModule, type StartOptions } from '@handoff/runtime';
import { Module } from '@nestjs/common';
import { CreateExamples1763769700000 } from '../migrations/1763769700000-create-examples.js';
import { AddRetentionIndex1764100000000 } from '../migrations/1764100000000-add-retention-index.js';
import { AddRatings1764400000000 } from '../migrations/1764400000000-add-ratings.js';
import { KeepPacketsUncompressed1764900000000 } from '../migrations/1764900000000-keep-packets-uncompressed.js';
import { AddOutcomes1765200000100 } from '../migrations/1765200000100-add-outcomes.js';
import { AddAudits1765200000200 } from '../migrations/1765200000200-add-audits.js';
import { AddModels1765300000000 } from '../migrations/1765300000000-add-models.js';
import { AddLabelAgent1765400000000 } from '../migrations/1765400000000-add-label-agent.js';
import { AddAloneTasks1765400000100 } from '../migrations/1765400000100-add-alone-tasks.js';
import { AdviceController } from './api/advice.controller.js';
import { AskingController } from './api/asking.controller.js';
import { FeedbackController } from './api/feedback.controller.js';
import { ModelsController } from './api/models.controller.js';
import { OutcomesController } from './api/outcomes.controller.js';
import { audits } from './audits.js';
import { HandoffAcceptedConsumer } from './consumers/handoff-accepted.consumer.js';
import { HandoffDecisionsConsumer } from './consumers/handoff-decisions.consumer.js';
import { HandoffDirectoryConsumer } from './consumers/handoff-directory.consumer.js';
import { HandoffMovesConsumer } from './consumers/handoff-moves.consumer.js';
import { HandoffOutcomesConsumer } from './consumers/handoff-outcomes.consumer.js';
import { FeedbackConfig } from './feedback.config.js';
import { measures } from './feedback.metrics.js';
import { Models } from './models.js';
import { Relabelling } from './relabelling.js';
import { keeps } from './retentions.js';
import { historyOf } from './store/history-of.js';
import { Trainer } from './training/trainer.js';
import { WaitingOutcomesPoller } from './waiting-outcomes-poller.js';

@Module({
  imports: [
    PlatformModule.for({
      service: 'feedback',
      config: FeedbackConfig,
      migrations: [
        CreateExamples1763769700000,
        AddRetentionIndex1764100000000,
        AddRatings1764400000000,
        KeepPacketsUncompressed1764900000000,
        AddOutcomes1765200000100,
        AddAudits1765200000200,
        AddModels1765300000000,
        AddLabelAgent1765400000000,
        AddAloneTasks1765400000100,
      ],
      audits,
      history: historyOf,
      measures,
      keeps,
    }),
  ],
  controllers: [
    HandoffAcceptedConsumer,
    HandoffDecisionsConsumer,
    HandoffMovesConsumer,
    HandoffDirectoryConsumer,
    HandoffOutcomesConsumer,
    AdviceController,
    OutcomesController,
    FeedbackController,
    AskingController,
    ModelsController,
  ],
  providers: [Relabelling, WaitingOutcomesPoller, Models, Trainer],
})
export class FeedbackModule {}

export const feedback: StartOptions = {
  service: 'feedback',
  module: FeedbackModule,
  config: FeedbackConfig,
  background: [Relabelling, WaitingOutcomesPoller, Trainer],
};
