import type { TaskResult } from '@handoff/contracts';
import type { Door, Plan } from './plans.js';

/** Somebody was told, as the receiver saw it. */
export interface Page {
  readonly at: number;
  readonly handoffId: string;
  readonly taskId: string;
  readonly recipient: string;
  /** 1 for the first. */
  readonly level: number;
  readonly packetVersion: number;
}

/** The desk said "yes" to a person: from then on this is the answer. */
export interface Promised {
  readonly at: number;
  readonly handoffId: string;
  readonly decisionId: string;
  readonly by: string;
}

/** One task as its agent and the people remember it; the system must remember the same. */
export interface Task {
  readonly taskId: string;
  readonly agentId: string;
  readonly fault: string;
  readonly plan: Plan;
  /** Handoff ids that a door has named. */
  readonly handoffIds: Set<string>;
  readonly pages: Page[];
  readonly promised: Promised[];
  /** Offers of it that agents have heard, in their order. */
  readonly offers: string[];
  /** How many packets the doors have taken for good; a repeat of one is not counted. */
  taken: number;
  /** Records and requests that said again what had been said. */
  repeats: number;
}

/** An agent has told how a task ended, and was heard. */
export interface Report {
  readonly taskId: string;
  /** Null where it names the task alone. */
  readonly handoffId: string | null;
  readonly result: TaskResult;
  readonly door: Door;
  /** How often it was told again. */
  readonly repeats: number;
}

/** What was done to the system since the last check. */
export class Ledger {
  readonly tasks = new Map<string, Task>();
  readonly reports: Report[] = [];
  /** Handoffs that somebody was told of. */
  private readonly told = new Set<string>();

  begin(task: Pick<Task, 'taskId' | 'agentId' | 'fault' | 'plan'>): Task {
    const begun: Task = { ...task, handoffIds: new Set(), pages: [], promised: [], offers: [], taken: 0, repeats: 0 };
    this.tasks.set(task.taskId, begun);
    return begun;
  }

  isTold(handoffId: string): boolean {
    return this.told.has(handoffId);
  }

  paged(page: Page): Task | null {
    this.told.add(page.handoffId);
    const task = this.tasks.get(page.taskId);
    if (!task) return null;
    task.pages.push(page);
    task.handoffIds.add(page.handoffId);
    return task;
  }

  /** Settled and checked: what comes later about them is a repeat at best. */
  forget(taskIds: Iterable<string>): void {
    for (const taskId of taskIds) this.tasks.delete(taskId);
    this.reports.length = 0;
  }
}
