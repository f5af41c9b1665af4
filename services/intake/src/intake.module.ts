import { PlatformModule, type StartOptions } from '@handoff/runtime';
import { Module } from '@nestjs/common';
import { CreateIntakeTables1763769660000 } from '../migrations/1763769660000-create-intake-tables.js';
import { EscalationsConsumer } from './consumers/escalations.consumer.js';
import { IntakeConfig } from './intake.config.js';
import { Acceptances } from './store/acceptances.js';
import { Packets } from './store/packets.js';
import { RefuseRecords } from './store/refuse-records.js';
import { Rejections } from './store/rejections.js';
import { Vault } from './store/vault.js';

@Module({
  imports: [PlatformModule.for({ service: 'intake', config: IntakeConfig, migrations: [CreateIntakeTables1763769660000] })],
  controllers: [EscalationsConsumer],
  providers: [Acceptances, Packets, RefuseRecords, Rejections, Vault],
})
export class IntakeModule {}

export const intake: StartOptions = { service: 'intake', module: IntakeModule, config: IntakeConfig };
