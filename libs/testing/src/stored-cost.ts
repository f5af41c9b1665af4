import type { TestService } from './test-service.js';

/** What Postgres says that one handoff costs it. */
export interface HandoffCost {
  readonly stored: number;
  readonly milliseconds: number;
  /** Pages of tables and indexes that were looked at: other work on the machine does not change them. */
  readonly blocks: number;
}

export interface CostOptions {
  readonly service: TestService;
  /** Adds finished handoffs, by their numbers. */
  readonly fill: (from: number, to: number) => Promise<unknown>;
  /** Takes so many new ones all the way through. */
  readonly work: (handoffs: number) => Promise<unknown>;
}

export interface Costs {
  readonly few: HandoffCost;
  readonly many: HandoffCost;
}

/** Indexes are a level deeper where they hold more; whatever reads a table from end to end costs many times as much. */
export const FLAT = 2;

const FEW = 1_000;
const AT_A_TIME = 100;

/** `HANDOFF_STORED_ROWS=1000000` shows what a handoff costs in an installation that has run for long; filling the tables takes its time. */
const asked = process.env['HANDOFF_STORED_ROWS'];
export const isCostAsked = asked !== undefined;
const many = Number(asked);
const ROUNDS = 3;

/** The least of several rounds, with few finished handoffs stored and with many. */
export async function costsByStored({ service, fill, work }: CostOptions): Promise<Costs> {
  const measure = async (from: number, to: number): Promise<HandoffCost> => {
    await fill(from, to);
    await service.query('ANALYZE');
    await work(AT_A_TIME); // statements are planned, pages are in memory
    const idle: Spent[] = [];
    const busy: Spent[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      idle.push(await spentIn(service, async () => undefined));
      busy.push(await spentIn(service, () => work(AT_A_TIME)));
    }
    const each = (of: keyof Spent): number => Math.round(((least(busy, of) - least(idle, of)) / AT_A_TIME) * 100) / 100;
    return { stored: to, milliseconds: each('milliseconds'), blocks: each('blocks') };
  };
  const costs: Costs = { few: await measure(1, FEW), many: await measure(FEW + 1, many) };
  process.stderr.write(`${JSON.stringify(costs)}\n`);
  return costs;
}

type Spent = Omit<HandoffCost, 'stored'>;

const least = (all: readonly Spent[], of: keyof Spent): number => Math.min(...all.map((it) => it[of]));

async function spentIn(service: TestService, work: () => Promise<unknown>): Promise<Spent> {
  const before = await spent(service);
  await work();
  const after = await spent(service);
  return { milliseconds: after.milliseconds - before.milliseconds, blocks: after.blocks - before.blocks };
}

/** A connection tells what it has done when it ends, at the latest; so the service is started anew. */
async function spent(service: TestService): Promise<Spent> {
  await service.restart();
  const [row] = await service.query<Spent>(
    `SELECT active_time AS milliseconds, (blks_hit + blks_read)::float8 AS blocks FROM pg_stat_database WHERE datname = current_database()`,
  );
  return row ?? { milliseconds: 0, blocks: 0 };
}
