import { rows, type EntityManager } from '@handoff/store';
import { Injectable } from '@nestjs/common';
import { readyModel, type ReadyModel } from './model/ready-model.js';
import { loadModel } from './store/models.js';

export interface Answering {
  readonly champion: ReadyModel | null;
  readonly shadow: ReadyModel | null;
}

/** The models that answer now, in memory: a version never changes, so only who it is has to be asked. */
@Injectable()
export class Models {
  private readonly ready = new Map<string, Promise<ReadyModel | null>>();

  async answering(db: EntityManager): Promise<Answering> {
    const found = await rows<{ version: string; state: string }>(
      db,
      `SELECT version, state FROM models WHERE state IN ('champion', 'shadow')`,
    );
    for (const version of this.ready.keys()) if (!found.some((it) => it.version === version)) this.ready.delete(version);
    const of = async (state: string): Promise<ReadyModel | null> => {
      const version = found.find((it) => it.state === state)?.version;
      return version === undefined ? null : this.load(db, version);
    };
    const [champion, shadow] = await Promise.all([of('champion'), of('shadow')]);
    return { champion, shadow };
  }

  private load(db: EntityManager, version: string): Promise<ReadyModel | null> {
    const known = this.ready.get(version);
    if (known) return known;
    const loading = loadModel(db, version).then(readyModel);
    this.ready.set(version, loading);
    loading.catch(() => this.ready.delete(version)); // the next question asks again; whoever waits is told
    return loading;
  }
}
