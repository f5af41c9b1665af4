import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HandoffError } from '@handoff/contracts';
import { parsePolicy } from '../policy-file/parse-policy.js';
import { logFiles } from '../replay/read-cases.js';
import { replayLog, type ReplayResult } from '../replay/replay-log.js';
import { replayReport } from '../replay/replay-report.js';
import type { LogFigures } from '../replay/tally.js';
import { CommandError, readText, rightOr } from './command-files.js';

const USAGE = `npm run replay -- [--data FILE|DIR] [--policy FILE] [--out DIR] [--json]
What a policy would have done with the cases of incident logs: breaches caught, minutes earlier, who was asked. Nothing is sent.
  --data    a log, or a folder of them; ../shared/data by default
  --policy  whose levels are the support lines; deploy/local/replay.yaml by default
  --out     writes REPLAY.md and images/replay.svg there
  --json    one line of JSON on standard output`;

interface Context {
  /** Where nothing else is said. */
  readonly data: string;
  readonly policy: string;
  /** An SVG of how much earlier. */
  readonly draw: (logs: readonly LogFigures[]) => string;
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
}

/** @returns the exit code: 2 where nothing was asked properly */
export async function replayCommand(args: readonly string[], context: Context): Promise<number> {
  try {
    const { data = context.data, policy = context.policy, out, json, help } = optionsIn(args);
    if (help) {
      context.print(USAGE);
      return 0;
    }
    const result = await replay(data, policy, context.log);
    const report = replayReport(result);
    context.print(json ? JSON.stringify(result) : report);
    if (out !== undefined) await write(out, report, context.draw(result.logs));
    return 0;
  } catch (error) {
    if (!(error instanceof HandoffError)) throw error;
    context.log(error.message);
    return 2;
  }
}

async function replay(data: string, policyFile: string, log: Context['log']): Promise<ReplayResult> {
  const files = await logFiles(data);
  const policy = rightOr(parsePolicy(await readText(policyFile), {}), policyFile);
  const logs: LogFigures[] = [];
  for (const file of files) {
    log(`Replaying ${file} …`);
    logs.push(await replayLog(file, policy));
  }
  return { policy: { id: policy.id, sla: policy.sla, calendar: policy.slaCalendar ?? null }, logs };
}

async function write(folder: string, report: string, plot: string): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  await writeFile(join(folder, 'REPLAY.md'), report);
  await writeFile(join(folder, 'images/replay.svg'), plot);
}

function optionsIn(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({ args: [...args], options: { data: text, policy: text, out: text, json: flag, help: flag } }).values;
  } catch (cause) {
    throw new CommandError(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
