import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import { persist } from '../until.js';
import { RefusedError } from './knock.js';
import type { Person } from './person.js';

/** Nobody here needs these: what is asked meanwhile goes on as if nothing were paused. */
const NAMED = [
  { control: 'agent', name: 'faults-idle' },
  { control: 'team', name: 'idle' },
] as const;
const EVERY_MS = 1500;

/** Pauses an agent and a team, and lets them go on, again and again. */
export class Lead {
  /** By id, the newest version that the desk has said yes to. */
  readonly promised = new Map<string, number>();
  /** What the desk should not have said no to. */
  readonly refusals: string[] = [];
  private isOn = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly person: Person,
    private readonly random: Random,
  ) {}

  start(): void {
    this.isOn = true;
    this.loop = this.flow();
  }

  /** Resolves once nothing of it is on its way. */
  async stop(): Promise<void> {
    this.isOn = false;
    await this.loop;
  }

  private async flow(): Promise<void> {
    for (; this.isOn; await sleep(EVERY_MS))
      await persist(
        () => this.change(),
        () => this.isOn,
      ).catch((error: unknown) => {
        if (error instanceof RefusedError) this.refusals.push(error.message); // a door may stay closed for longer than the work goes on
      });
  }

  private async change(): Promise<void> {
    const named = { ...this.random.pick(NAMED), reason: 'The harness does so.' };
    const { status, body } = await this.person.controls('resume', named);
    const changed = status === 404 ? await this.person.controls('pause', { ...named, for_seconds: 3600 }) : { status, body };
    if (changed.status >= 400) throw new RefusedError(`${this.person.id}'s pause of ${named.name}`, changed.status, changed.body);
    const id = String(changed.body['id']);
    this.promised.set(id, Math.max(this.promised.get(id) ?? 0, Number(changed.body['version'])));
  }
}
