import { join } from 'node:path';
import { freePort, startKafka, startPostgres, type LocalKafka, type LocalPostgres, type Log } from '@handoff/local';
import pg from 'pg';
import { GroundGoneError } from './errors.js';
import { TcpProxy } from './tcp-proxy.js';

/** What the services stand on: one broker and one database, each behind a network that can be made a bad one. */
export class Ground {
  private kafka: LocalKafka | null = null;
  private postgres: LocalPostgres | null = null;
  private admin: pg.Pool | null = null;

  private constructor(
    private readonly stateDir: string,
    private readonly log: Log,
    private readonly ports: Ports,
    readonly kafkaNetwork: TcpProxy,
    readonly postgresNetwork: TcpProxy,
  ) {}

  static async start(stateDir: string, log: Log): Promise<Ground> {
    const [kafka, controller, postgres] = [await freePort(), await freePort(), await freePort()];
    const networks = [await TcpProxy.listen(kafka), await TcpProxy.listen(postgres)] as const;
    const ground = new Ground(stateDir, log, { kafka, controller, postgres }, ...networks);
    try {
      await Promise.all([ground.startKafka(), ground.startPostgres()]);
    } catch (error) {
      await ground.stop();
      throw error;
    }
    return ground;
  }

  /** As the services reach them. */
  get brokers(): string {
    return `127.0.0.1:${this.kafkaNetwork.port}`;
  }

  get adminUrl(): string {
    return throughPort(this.directUrl, this.postgresNetwork.port);
  }

  /** The harness's own connections, past the network; open again after each restart. */
  db(database = 'handoff'): pg.Pool {
    if (this.admin) return this.admin;
    const url = new URL(this.directUrl);
    url.pathname = `/${database}`;
    this.admin = new pg.Pool({ connectionString: url.href, max: 4, application_name: 'faults' });
    this.admin.on('error', () => undefined); // an idle connection that a fault has ended
    return this.admin;
  }

  async startKafka(): Promise<void> {
    const { kafka: port, controller: controllerPort } = this.ports;
    const place = { stateDir: join(this.stateDir, 'kafka'), log: this.log, port, controllerPort };
    this.kafka = await startKafka({ ...place, advertisedPort: this.kafkaNetwork.port });
  }

  /** @param signal SIGKILL leaves it no time to write anything down */
  async stopKafka(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (signal === 'SIGTERM') await this.kafka?.stop();
    else await this.kafka?.server.stop([['SIGKILL', 10]]);
    this.kafka = null;
  }

  async startPostgres(): Promise<void> {
    this.postgres = await startPostgres({ dataDir: join(this.stateDir, 'postgres'), log: this.log, port: this.ports.postgres });
  }

  async stopPostgres(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    await this.admin?.end().catch(() => undefined);
    this.admin = null;
    if (signal === 'SIGINT') await this.postgres?.stop();
    else await this.postgres?.server.stop([['SIGKILL', 10]]);
    this.postgres = null;
  }

  async stop(): Promise<void> {
    await this.stopKafka();
    await this.stopPostgres();
    this.kafkaNetwork.cut();
    this.postgresNetwork.cut();
  }

  private get directUrl(): string {
    if (!this.postgres) throw new GroundGoneError('Postgres');
    return this.postgres.adminUrl;
  }
}

interface Ports {
  readonly kafka: number;
  readonly controller: number;
  readonly postgres: number;
}

function throughPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}
