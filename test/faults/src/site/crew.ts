import { SERVICES, type Service } from '@handoff/contracts';
import type { ReplicatedService, ServiceProcess } from '@handoff/local';
import { until } from '../until.js';

type Env = Readonly<Record<string, string>>;

/** A process that ended although no fault had it ended. */
export interface Death {
  readonly service: Service;
  readonly at: Date;
  readonly why: string;
}

/** The services' processes, and whoever starts them again when they end: compose, Kubernetes, an operator. */
export class Crew {
  readonly deaths: Death[] = [];
  private readonly absent = new Set<ServiceProcess>();
  private readonly reviving = new Set<Promise<void>>();
  private isOver = false;

  constructor(private readonly services: Readonly<Record<Service, ReplicatedService>>) {}

  all(): readonly ServiceProcess[] {
    return SERVICES.flatMap((service) => this.of(service));
  }

  of(service: Service): readonly ServiceProcess[] {
    return this.services[service].replicas;
  }

  /** Those that a door can be knocked at: first one, then the other. */
  urls(service: Service): readonly string[] {
    return this.of(service).map(({ url }) => url);
  }

  async kill(replica: ServiceProcess): Promise<void> {
    this.absent.add(replica);
    await replica.kill();
  }

  async stop(replica: ServiceProcess): Promise<void> {
    this.absent.add(replica);
    await replica.stop();
  }

  /** Resolves once it is ready. */
  async start(replica: ServiceProcess, env: Env = {}): Promise<void> {
    if (this.isOver) return;
    this.absent.add(replica); // until it is up: word of its last death may only come now
    await replica.start(env);
    this.absent.delete(replica);
  }

  /** With a setting that will end it by itself: resolves when it has, and is not taken for a death. */
  async startToDie(replica: ServiceProcess, env: Env, seconds: number): Promise<boolean> {
    this.absent.add(replica);
    await replica.start(env).catch(() => undefined); // it may die before it is ready
    return until(() => !replica.isRunning(), seconds, 20);
  }

  /** Called when one ends by itself; starts it again. */
  died(service: Service, why: string): void {
    const gone = this.of(service).filter((it) => !it.isRunning() && !this.absent.has(it));
    if (gone.length === 0 || this.isOver) return;
    this.deaths.push({ service, at: new Date(), why });
    for (const replica of gone) {
      const revived = this.start(replica).catch(() => undefined);
      this.reviving.add(revived);
      void revived.finally(() => this.reviving.delete(revived));
    }
  }

  async areReady(): Promise<boolean> {
    await Promise.all(this.reviving);
    const answers = await Promise.all(this.all().map(isReady));
    return answers.every(Boolean);
  }

  async over(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.reviving);
  }
}

export async function isReady({ url }: ServiceProcess): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3000) }).catch(() => null);
  await answer?.text().catch(() => '');
  return answer?.ok ?? false;
}
