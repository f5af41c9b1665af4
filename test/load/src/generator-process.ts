import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Level, LevelResult, Limits, Order, Place } from './orders.js';

/** The load generator as seen from the process that runs the bench. */
export interface Generator {
  connect(place: Place): Promise<void>;
  run(level: Level): Promise<LevelResult>;
  limits(seconds: number): Promise<Limits>;
  stop(): void;
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('load-generator.js', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<never>((_, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => fail(new Error(`The load generator ended by itself (${signal ?? `exit code ${code}`}).`)));
  });
  ended.catch(() => undefined); // told to whoever waits for an answer
  const ask = async <Result>(order: Order): Promise<Result> => {
    const answered = new Promise<Answer>((resolve) => child.once('message', (answer) => resolve(answer as Answer))); // our own process
    child.send(order);
    const answer = await Promise.race([answered, ended]);
    if (answer.kind === 'failed') throw new Error(answer.error);
    return answer.result as Result; // what load-generator.ts gives for that order
  };
  return {
    connect: async (place) => ask({ kind: 'connect', place }),
    run: async (level) => ask({ kind: 'run', level }),
    limits: async (seconds) => ask({ kind: 'limits', seconds }),
    stop: () => void child.kill(),
  };
}
