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
import { READINESS, type Readiness } from './readiness.js';

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(HandoffBus) private readonly bus: HandoffBus,
    @Inject(READINESS) private readonly readiness: Readiness,
  ) {}

  /** The process runs and answers; what it waits for does not count here. */
  @Get('health/live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
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
    if (!this.readiness.storeReady) return indicator.down('not connected, or its schema is being migrated');
    try {
      await this.source.query('SELECT 1');
      return indicator.up();
    } catch (error) {
      return indicator.down((error as Error).message);
    }
  }

  private kafka(): HealthIndicatorResult {
    const indicator = this.indicators.check('kafka');
    const reason = this.bus.notReadyBecause();
    return reason === null ? indicator.up() : indicator.down(reason);
  }
}
