import { PlatformModule, type StartOptions } from '@handoff/runtime';
import { Module } from '@nestjs/common';
import { CreateHandoffsAndClocks1763769700000 } from '../migrations/1763769700000-create-handoffs-and-clocks.js';
import { AddOpenHandoffsIndex1763813520000 } from '../migrations/1763813520000-add-open-handoffs-index.js';
import { AddEndedAt1764100000000 } from '../migrations/1764100000000-add-ended-at.js';
import { LeaveRoomForHandoffs1764700000000 } from '../migrations/1764700000000-leave-room-for-handoffs.js';
import { AddPausedLevel1764400000000 } from '../migrations/1764400000000-add-paused-level.js';
import { AddReportColumns1764900200000 } from '../migrations/1764900200000-add-report-columns.js';
import { AddSaid1764950000000 } from '../migrations/1764950000000-add-said.js';
import { AddAgentsTurn1765000000100 } from '../migrations/1765000000100-add-agents-turn.js';
import { AddDueBy1765300000100 } from '../migrations/1765300000100-add-due-by.js';
import { ReportsController } from './api/reports.controller.js';
import { audits } from './audits.js';
import { HandoffAcceptedConsumer } from './consumers/handoff-accepted.consumer.js';
import { HandoffDecisionsConsumer } from './consumers/handoff-decisions.consumer.js';
import { HandoffMovesConsumer } from './consumers/handoff-moves.consumer.js';
import { HandoffRepliedConsumer } from './consumers/handoff-replied.consumer.js';
import { HandoffRoutedConsumer } from './consumers/handoff-routed.consumer.js';
import { measures } from './measures.js';
import { ClockPoller } from './poller/clock-poller.js';
import { keeps } from './retentions.js';
import { SlaMonitorConfig } from './sla-monitor.config.js';
import { historyOf } from './store/history-of.js';

@Module({
  imports: [
    PlatformModule.for({
      service: 'sla-monitor',
      config: SlaMonitorConfig,
      migrations: [
        CreateHandoffsAndClocks1763769700000,
        AddOpenHandoffsIndex1763813520000,
        AddEndedAt1764100000000,
        LeaveRoomForHandoffs1764700000000,
        AddPausedLevel1764400000000,
        AddReportColumns1764900200000,
        AddSaid1764950000000,
        AddAgentsTurn1765000000100,
        AddDueBy1765300000100,
      ],
      audits,
      history: historyOf,
      measures,
      keeps,
    }),
  ],
  controllers: [
    HandoffAcceptedConsumer,
    HandoffRoutedConsumer,
    HandoffRepliedConsumer,
    HandoffMovesConsumer,
    HandoffDecisionsConsumer,
    ReportsController,
  ],
  providers: [ClockPoller],
})
export class SlaMonitorModule {}

export const slaMonitor: StartOptions = {
  service: 'sla-monitor',
  module: SlaMonitorModule,
  config: SlaMonitorConfig,
  background: [ClockPoller],
};
