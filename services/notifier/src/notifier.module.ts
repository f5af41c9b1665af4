import { lockRows } from '@handoff/bus';
import { OtherServices, PlatformModule, type StartOptions } from '@handoff/runtime';
import { Module } from '@nestjs/common';
import { CreateDesk1763769700000 } from '../migrations/1763769700000-create-desk.js';
import { AddDeadLetterPages1764000100000 } from '../migrations/1764000100000-add-dead-letter-pages.js';
import { AddNotificationLanes1764000200000 } from '../migrations/1764000200000-add-notification-lanes.js';
import { AddRetentionIndexes1764300000000 } from '../migrations/1764300000000-add-retention-indexes.js';
import { AddSessionIdToken1764500000000 } from '../migrations/1764500000000-add-session-id-token.js';
import { AddCopyReferences1764600000000 } from '../migrations/1764600000000-add-copy-references.js';
import { AddActionTokens1764600200000 } from '../migrations/1764600200000-add-action-tokens.js';
import { AddReach1764600100000 } from '../migrations/1764600100000-add-reach.js';
import { LeaveRoomForItems1764700000000 } from '../migrations/1764700000000-leave-room-for-items.js';
import { AddMoves1764610000000 } from '../migrations/1764610000000-add-moves.js';
import { AddNotificationClaimedBy1764650000000 } from '../migrations/1764650000000-add-notification-claimed-by.js';
import { AddDeskItemMasked1764800100000 } from '../migrations/1764800100000-add-desk-item-masked.js';
import { AddAuditPlaces1764800300000 } from '../migrations/1764800300000-add-audit-places.js';
import { AddControls1764800200000 } from '../migrations/1764800200000-add-controls.js';
import { AddCalendarFeeds1764900300000 } from '../migrations/1764900300000-add-calendar-feeds.js';
import { AnswerRecorder } from './api/answer-recorder.js';
import { ActionsController } from './api/actions.controller.js';
import { AnswersController } from './api/answers.controller.js';
import { BatchAnswersController } from './api/batch-answers.controller.js';
import { CalendarController } from './api/calendar.controller.js';
import { CallbacksController } from './api/callbacks.controller.js';
import { ChannelDoors } from './api/channel-doors.js';
import { AuditController } from './api/audit.controller.js';
import { ControlsController } from './api/controls.controller.js';
import { DeskController } from './api/desk.controller.js';
import { MoveRecorder } from './api/move-recorder.js';
import { EvidenceController } from './api/evidence.controller.js';
import { HandoverController } from './api/handover.controller.js';
import { DeskHistoryController } from './api/desk-history.controller.js';
import { DirectoryController } from './api/directory.controller.js';
import { MovesController } from './api/moves.controller.js';
import { ForwardedController } from './api/forwarded.controller.js';
import { MyCalendarController } from './api/my-calendar.controller.js';
import { MyChannelsController } from './api/my-channels.controller.js';
import { SeenController } from './api/seen.controller.js';
import { TimelinesController } from './api/timelines.controller.js';
import { serveDesk } from './api/serve-desk.js';
import { SessionGuard } from './api/session.guard.js';
import { SignInController } from './api/sign-in.controller.js';
import { AddAgentsAsks1765000000400 } from '../migrations/1765000000400-add-agents-asks.js';
import { AddAgentsProgress1765100000600 } from '../migrations/1765100000600-add-agents-progress.js';
import { AddWithin1765200000300 } from '../migrations/1765200000300-add-within.js';
import { AddTerms1765300000200 } from '../migrations/1765300000200-add-terms.js';
import { audits } from './audits.js';
import { channelsFrom } from './channels/channels-from.js';
import { Channels } from './channels/channels.js';
import { DeadLettersConsumer } from './consumers/dead-letters.consumer.js';
import { HandoffAcceptedConsumer } from './consumers/handoff-accepted.consumer.js';
import { HandoffClockConsumer } from './consumers/handoff-clock.consumer.js';
import { HandoffControlsConsumer } from './consumers/handoff-controls.consumer.js';
import { HandoffDecisionsConsumer } from './consumers/handoff-decisions.consumer.js';
import { HandoffDirectoryConsumer } from './consumers/handoff-directory.consumer.js';
import { HandoffRepliedConsumer } from './consumers/handoff-replied.consumer.js';
import { HandoffMovesConsumer } from './consumers/handoff-moves.consumer.js';
import { HandoffNotifiedConsumer } from './consumers/handoff-notified.consumer.js';
import { HandoffRoutedConsumer } from './consumers/handoff-routed.consumer.js';
import { Histories } from './forward/histories.js';
import { NotifierConfig } from './notifier.config.js';
import { keeps } from './retentions.js';
import { DeadLetterPager } from './sender/dead-letter-pager.js';
import { CopyUpdater } from './sender/copy-updater.js';
import { NoticeTeller } from './sender/notice-teller.js';
import { NotificationSender } from './sender/notification-sender.js';
import { historyOf } from './store/history-of.js';
import { SeenRecorder } from './store/record-seen.js';
import { IdentityProvider } from './sign-in/identity-provider.js';
import { SessionsOfBrowsers } from './sign-in/sessions-of-browsers.js';

const channels = { provide: Channels, inject: [NotifierConfig], useFactory: channelsFrom };

@Module({
  imports: [
    PlatformModule.for({
      service: 'notifier',
      config: NotifierConfig,
      migrations: [
        CreateDesk1763769700000,
        AddDeadLetterPages1764000100000,
        AddNotificationLanes1764000200000,
        AddRetentionIndexes1764300000000,
        AddSessionIdToken1764500000000,
        AddCopyReferences1764600000000,
        AddReach1764600100000,
        AddActionTokens1764600200000,
        LeaveRoomForItems1764700000000,
        AddMoves1764610000000,
        AddNotificationClaimedBy1764650000000,
        AddDeskItemMasked1764800100000,
        AddControls1764800200000,
        AddAuditPlaces1764800300000,
        AddCalendarFeeds1764900300000,
        AddAgentsAsks1765000000400,
        AddAgentsProgress1765100000600,
        AddWithin1765200000300,
        AddTerms1765300000200,
      ],
      audits,
      history: historyOf,
      lockFirst: lockRows('desk_items'), // whoever sends copies takes numbers from them
      keeps,
    }),
  ],
  controllers: [
    HandoffDirectoryConsumer,
    HandoffAcceptedConsumer,
    HandoffRoutedConsumer,
    HandoffClockConsumer,
    HandoffRepliedConsumer,
    DeadLettersConsumer,
    HandoffMovesConsumer,
    HandoffDecisionsConsumer,
    HandoffNotifiedConsumer,
    HandoffControlsConsumer,
    SignInController,
    DeskController,
    DeskHistoryController,
    TimelinesController,
    DirectoryController,
    MovesController,
    AnswersController,
    BatchAnswersController,
    CallbacksController,
    ActionsController,
    MyChannelsController,
    SeenController,
    ControlsController,
    AuditController,
    EvidenceController,
    HandoverController,
    ForwardedController,
    MyCalendarController,
    CalendarController,
  ],
  providers: [
    channels,
    ChannelDoors,
    NoticeTeller,
    NotificationSender,
    CopyUpdater,
    DeadLetterPager,
    SessionGuard,
    IdentityProvider,
    SessionsOfBrowsers,
    AnswerRecorder,
    MoveRecorder,
    SeenRecorder,
    { provide: OtherServices, useFactory: (settings: NotifierConfig) => new OtherServices(settings), inject: [NotifierConfig] },
    Histories,
  ],
})
export class NotifierModule {}

export const notifier: StartOptions = {
  service: 'notifier',
  module: NotifierModule,
  config: NotifierConfig,
  background: [NotificationSender, CopyUpdater, DeadLetterPager],
  prepare: serveDesk,
};
