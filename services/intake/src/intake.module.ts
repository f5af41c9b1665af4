import { lockRows } from '@handoff/bus';
import { OtherServices, PlatformModule, type StartOptions } from '@handoff/runtime';
import { Module } from '@nestjs/common';
import { CreateIntakeTables1763769660000 } from '../migrations/1763769660000-create-intake-tables.js';
import { AddHeldReplies1763769720000 } from '../migrations/1763769720000-add-held-replies.js';
import { AddAllowances1763813460000 } from '../migrations/1763813460000-add-allowances.js';
import { AddRetentionIndexes1764100000000 } from '../migrations/1764100000000-add-retention-indexes.js';
import { LeaveRoomForAnswers1764700000000 } from '../migrations/1764700000000-leave-room-for-answers.js';
import { AddAllowancePauses1764800100000 } from '../migrations/1764800100000-add-allowance-pauses.js';
import { AddOffers1765000000300 } from '../migrations/1765000000300-add-offers.js';
import { AddTemplates1765000000500 } from '../migrations/1765000000500-add-templates.js';
import { KeepHands1765000000600 } from '../migrations/1765000000600-keep-hands.js';
import { AddTransfers1765100000100 } from '../migrations/1765100000100-add-transfers.js';
import { AddAgentEvents1765100000500 } from '../migrations/1765100000500-add-agent-events.js';
import { AddGivenBy1765100000700 } from '../migrations/1765100000700-add-given-by.js';
import { LookOncePerChange1765100000800 } from '../migrations/1765100000800-look-once-per-change.js';
import { AddObjects1765100000900 } from '../migrations/1765100000900-add-objects.js';
import { AddWithin1765200000100 } from '../migrations/1765200000100-add-within.js';
import { FindObjectsByAgent1765600000100 } from '../migrations/1765600000100-find-objects-by-agent.js';
import { IndexGivenBy1765700000100 } from '../migrations/1765700000100-index-given-by.js';
import { AddPacketRequestId1765900000000 } from '../migrations/1765900000000-add-packet-request-id.js';
import { audits } from './audits.js';
import { AnswerWatch } from './api/answer-watch.js';
import { keepBodiesAsBytes } from './api/body.js';
import { AgentsController } from './api/agents.controller.js';
import { KnownAgentsController } from './api/known-agents.controller.js';
import { AssignmentsController } from './api/assignments.controller.js';
import { AgentsDelegationsController } from './api/agents-delegations.controller.js';
import { DelegationsController } from './api/delegations.controller.js';
import { PostDelegation } from './api/post-delegation.js';
import { PostHandoff } from './api/post-handoff.js';
import { TasksController } from './api/tasks.controller.js';
import { TransfersController } from './api/transfers.controller.js';
import { TemplatesController } from './api/templates.controller.js';
import { FeedbackController } from './api/feedback.controller.js';
import { HandoffsController } from './api/handoffs.controller.js';
import { AbilitiesController } from './api/abilities.controller.js';
import { ForwardedController } from './api/forwarded.controller.js';
import { EventStreams } from './api/event-streams.js';
import { EventsController } from './api/events.controller.js';
import { HandsController } from './api/hands.controller.js';
import { WebhookController } from './api/webhook.controller.js';
import { ObjectsController } from './api/objects.controller.js';
import { RequestsController } from './api/requests.controller.js';
import { HandoffAssignmentsConsumer } from './consumers/handoff-assignments.consumer.js';
import { HandoffAcceptedConsumer } from './consumers/handoff-accepted.consumer.js';
import { HandoffControlsConsumer } from './consumers/handoff-controls.consumer.js';
import { HandoffDecisionsConsumer } from './consumers/handoff-decisions.consumer.js';
import { HandoffFeedbackConsumer } from './consumers/handoff-feedback.consumer.js';
import { HandoffMovesConsumer } from './consumers/handoff-moves.consumer.js';
import { HandoffNotifiedConsumer } from './consumers/handoff-notified.consumer.js';
import { HandoffRepliedConsumer } from './consumers/handoff-replied.consumer.js';
import { HandoffRoutedConsumer } from './consumers/handoff-routed.consumer.js';
import { RepliesConsumer } from './consumers/replies.consumer.js';
import { SentHandoffsConsumer } from './consumers/sent-handoffs.consumer.js';
import { ObjectKeeper } from './objects/object-keeper.js';
import { Objects } from './objects/objects.js';
import { HeldRepliesPoller } from './held-replies-poller.js';
import { IntakeConfig } from './intake.config.js';
import { keeps } from './retentions.js';
import { SilentAgentsPoller } from './silent-agents-poller.js';
import { AgentEvents } from './store/agent-events.js';
import { AgentRegister } from './store/agent-register.js';
import { AgentWebhooks } from './store/agent-webhooks.js';
import { Acceptances } from './store/acceptances.js';
import { Allowances } from './store/allowances.js';
import { Answers } from './store/answers.js';
import { HandoffViews } from './store/handoff-views.js';
import { historyOf } from './store/history-of.js';
import { HeldReplies } from './store/held-replies.js';
import { ObjectRows } from './store/object-rows.js';
import { Packets } from './store/packets.js';
import { RelearnAccepted } from './store/relearn-accepted.js';
import { Rejections } from './store/rejections.js';
import { Requests } from './store/requests.js';
import { Standings } from './store/standings.js';
import { Templates } from './store/templates.js';
import { TaskChains } from './store/task-chains.js';
import { TakeReplies } from './store/take-replies.js';
import { Vault } from './store/vault.js';
import { WebhookSender } from './webhook-sender.js';

/** Reads agents' records and requests, and what other services tell; writes handoff.accepted and handoff.rejected. */
@Module({
  imports: [
    PlatformModule.for({
      service: 'intake',
      config: IntakeConfig,
      migrations: [
        CreateIntakeTables1763769660000,
        AddHeldReplies1763769720000,
        AddAllowances1763813460000,
        AddRetentionIndexes1764100000000,
        LeaveRoomForAnswers1764700000000,
        AddAllowancePauses1764800100000,
        AddOffers1765000000300,
        AddTemplates1765000000500,
        KeepHands1765000000600,
        AddTransfers1765100000100,
        AddAgentEvents1765100000500,
        AddGivenBy1765100000700,
        LookOncePerChange1765100000800,
        AddObjects1765100000900,
        AddWithin1765200000100,
        FindObjectsByAgent1765600000100,
        IndexGivenBy1765700000100,
        AddPacketRequestId1765900000000,
      ],
      audits,
      history: historyOf,
      lockFirst: lockRows('handoffs'), // replies come by task, assignments and feedback by agent, and all else by handoff
      seal: (settings) => new Vault(settings),
      keeps,
    }),
  ],
  controllers: [
    SentHandoffsConsumer,
    RepliesConsumer,
    HandoffAcceptedConsumer,
    HandoffRepliedConsumer,
    HandoffControlsConsumer,
    HandoffRoutedConsumer,
    HandoffNotifiedConsumer,
    HandoffMovesConsumer,
    HandoffAssignmentsConsumer,
    HandoffDecisionsConsumer,
    HandoffFeedbackConsumer,
    HandoffsController,
    FeedbackController,
    RequestsController,
    TasksController,
    AgentsController,
    KnownAgentsController,
    AssignmentsController,
    AbilitiesController,
    EventsController,
    WebhookController,
    DelegationsController,
    AgentsDelegationsController,
    TransfersController,
    ObjectsController,
    TemplatesController,
    HandsController,
    ForwardedController,
  ],
  providers: [
    Acceptances,
    AgentEvents,
    AgentRegister,
    AgentWebhooks,
    Allowances,
    Answers,
    AnswerWatch,
    EventStreams,
    PostDelegation,
    PostHandoff,
    HandoffViews,
    HeldReplies,
    HeldRepliesPoller,
    { provide: OtherServices, useFactory: (settings: IntakeConfig) => new OtherServices(settings), inject: [IntakeConfig] },
    ObjectKeeper,
    ObjectRows,
    Objects,
    Packets,
    SilentAgentsPoller,
    RelearnAccepted,
    Rejections,
    Requests,
    Standings,
    TakeReplies,
    TaskChains,
    Templates,
    Vault,
    WebhookSender,
  ],
})
export class IntakeModule {}

export const intake: StartOptions = {
  service: 'intake',
  module: IntakeModule,
  config: IntakeConfig,
  background: [AnswerWatch, EventStreams, WebhookSender, HeldRepliesPoller, SilentAgentsPoller, ObjectKeeper],
  prepare: keepBodiesAsBytes,
};
