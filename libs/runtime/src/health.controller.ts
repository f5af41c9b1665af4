import { HandoffBus } from '@handoff/bus';
import { DataSource } from 'typeorm';
import { metrics } from '@handoff/telemetry';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import type { ServiceConfig } from './config.js';
import { notLiveBecause } from './liveness.js';
import { READINESS, type Readiness } from './readiness.js';
import { SETTINGS } from './settings.js';

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(HandoffBus) private readonly bus: HandoffBus,
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(SETTINGS) private readonly settings: ServiceConfig,
  ) {}

  /** It goes on, or waits for what will come back by itself; else it should be ended and started anew. */
  @Get('health/live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check([() => this.consumer()]);
  }

  /** Ready to take its share: Postgres answers, the schema is there, the consumer group is joined and not paused. */
  @Get('health/ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.postgres(), () => this.kafka()]);
  }

  @Get('metrics')
  @Header('content-type', metrics.contentType)
  metrics(): Promise<string> {
    return metrics.metrics();
  }

  private async postgres(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('postgres');
    if (this.readiness.waitsFor !== null) return indicator.down(this.readiness.waitsFor);
    try {
      await this.source.query('SELECT 1');
      return indicator.up();
    } catch (error) {
      return indicator.down((error as Error).message);
    }
  }

  private async consumer(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('consumer');
    const reason = await notLiveBecause(this.bus, this.source, this.settings.CONSUMER_STILL_SECONDS);
    return reason === null ? indicator.up() : indicator.down(reason);
  }

  private kafka(): HealthIndicatorResult {
    const indicator = this.indicators.check('kafka');
    const reason = this.bus.notReadyBecause();
    return reason === null ? indicator.up() : indicator.down(reason);
  }
}
