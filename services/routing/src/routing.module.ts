import { PlatformModule, type StartOptions } from '@handoff/runtime';
import { Module } from '@nestjs/common';
import { CreateRoutingTables1763769610000 } from '../migrations/1763769610000-create-routing-tables.js';
import { AddRejections1763813400000 } from '../migrations/1763813400000-add-rejections.js';
import { AddEndingIndex1763813520000 } from '../migrations/1763813520000-add-ending-index.js';
import { AddEndedAt1764100000000 } from '../migrations/1764100000000-add-ended-at.js';
import { LeaveRoomForAssignments1764700000000 } from '../migrations/1764700000000-leave-room-for-assignments.js';
import { HoldMoves1764400000000 } from '../migrations/1764400000000-hold-moves.js';
import { AddPausedTeams1764800100000 } from '../migrations/1764800100000-add-paused-teams.js';
import { ChooseByLoad1764900000100 } from '../migrations/1764900000100-choose-by-load.js';
import { AddScheduleOverrides1764900000200 } from '../migrations/1764900000200-add-schedule-overrides.js';
import { OverridesController } from './api/overrides.controller.js';
import { SchedulesController } from './api/schedules.controller.js';
import { KeepPolicyTexts1764900000300 } from '../migrations/1764900000300-keep-policy-texts.js';
import { AddTurns1764950000000 } from '../migrations/1764950000000-add-turns.js';
import { GiveToAgents1765000000200 } from '../migrations/1765000000200-give-to-agents.js';
import { KnowAgentsSchemas1765100000200 } from '../migrations/1765100000200-know-agents-schemas.js';
import { AddWithin1765200000200 } from '../migrations/1765200000200-add-within.js';
import { HoldWhatWasSaid1765500000200 } from '../migrations/1765500000200-hold-what-was-said.js';
import { KnowAgentsVersions1765800000200 } from '../migrations/1765800000200-know-agents-versions.js';
import { audits } from './audits.js';
import { PoliciesController } from './api/policies.controller.js';
import { HandoffAcceptedConsumer } from './consumers/handoff-accepted.consumer.js';
import { HandoffAgentsConsumer } from './consumers/handoff-agents.consumer.js';
import { HandoffAssignmentsConsumer } from './consumers/handoff-assignments.consumer.js';
import { HandoffClockConsumer } from './consumers/handoff-clock.consumer.js';
import { HandoffControlsConsumer } from './consumers/handoff-controls.consumer.js';
import { HandoffDecisionsConsumer } from './consumers/handoff-decisions.consumer.js';
import { HandoffMovesConsumer } from './consumers/handoff-moves.consumer.js';
import { HandoffRepliedConsumer } from './consumers/handoff-replied.consumer.js';
import { HandoffRoutedConsumer } from './consumers/handoff-routed.consumer.js';
import { keeps } from './retentions.js';
import { RoutingConfig } from './routing.config.js';
import { measures } from './routing.metrics.js';
import { Boards } from './store/boards.js';
import { historyOf } from './store/history-of.js';
import { Policies } from './store/policies.js';
import { POLICY_FILE, PolicyKeeper } from './store/policy-keeper.js';
import { PolicyVersions } from './store/policy-versions.js';
import { readPolicyFile } from './store/read-policy-file.js';

/** Reads what was accepted, what the clocks say, what people move and decide; says whose turn it is, and who is in the directory. */
@Module({
  imports: [
    PlatformModule.for({
      service: 'routing',
      config: RoutingConfig,
      migrations: [
        CreateRoutingTables1763769610000,
        AddRejections1763813400000,
        AddEndingIndex1763813520000,
        AddEndedAt1764100000000,
        LeaveRoomForAssignments1764700000000,
        HoldMoves1764400000000,
        AddPausedTeams1764800100000,
        ChooseByLoad1764900000100,
        AddScheduleOverrides1764900000200,
        KeepPolicyTexts1764900000300,
        AddTurns1764950000000,
        GiveToAgents1765000000200,
        KnowAgentsSchemas1765100000200,
        AddWithin1765200000200,
        HoldWhatWasSaid1765500000200,
        KnowAgentsVersions1765800000200,
      ],
      audits,
      history: historyOf,
      measures,
      keeps,
    }),
  ],
  controllers: [
    PoliciesController,
    HandoffAcceptedConsumer,
    HandoffClockConsumer,
    HandoffMovesConsumer,
    HandoffDecisionsConsumer,
    HandoffControlsConsumer,
    HandoffAgentsConsumer,
    HandoffRepliedConsumer,
    HandoffRoutedConsumer,
    HandoffAssignmentsConsumer,
    SchedulesController,
    OverridesController,
  ],
  providers: [
    {
      provide: POLICY_FILE,
      useFactory: ({ POLICY_FILE }: RoutingConfig) => readPolicyFile(POLICY_FILE, process.env),
      inject: [RoutingConfig],
    },
    Policies,
    PolicyVersions,
    PolicyKeeper,
    Boards,
  ],
})
export class RoutingModule {}

export const routing: StartOptions = { service: 'routing', module: RoutingModule, config: RoutingConfig, background: [PolicyKeeper] };
