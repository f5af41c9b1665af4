import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePolicy } from '../policy-file/parse-policy.js';
import { logFiles } from '../replay/read-cases.js';
import { replayLog, type ReplayResult } from '../replay/replay-log.js';
import { replayReport } from '../replay/replay-report.js';
import type { LogFigures } from '../replay/tally.js';
import { readText, rightOr } from './command-files.js';

/** What a policy would have done with the cases of incident logs. */
export interface ReplayAsked {
  /** A log, or a folder of them. */
  readonly data: string;
  /** Whose levels are the support lines. */
  readonly policy: string;
  /** Where REPLAY.md and images/replay.svg are written. */
  readonly out?: string;
  readonly isJson: boolean;
}

interface Context {
  /** An SVG of how much earlier. */
  readonly draw: (logs: readonly LogFigures[]) => string;
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
}

/** @throws CommandError where nothing was asked properly */
export async function replayCommand({ data, policy, out, isJson }: ReplayAsked, context: Context): Promise<number> {
  const result = await replay(data, policy, context.log);
  const report = replayReport(result);
  context.print(isJson ? JSON.stringify(result) : report);
  if (out !== undefined) await write(out, report, context.draw(result.logs));
  return 0;
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
