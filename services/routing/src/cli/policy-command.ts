import type { Result } from '@handoff/contracts';
import { previewView } from '../api/policy-view.js';
import { dutyAt } from '../domain/duty/duty-at.js';
import type { Policy } from '../domain/policy.js';
import { preview, tryPacket } from '../domain/preview.js';
import { placeholdersIn } from '../policy-file/fill-placeholders.js';
import { parsePolicy } from '../policy-file/parse-policy.js';
import type { PolicyChange } from '../policy-file/policy-changes.js';
import { CommandError, readText, rightOr } from './command-files.js';

/** The running system's policies. */
interface PolicyClient {
  diff(text: string): Promise<{ readonly against: number; readonly changes: readonly PolicyChange[] }>;
  apply(text: string): Promise<{ readonly version: number; readonly changed: boolean }>;
}

interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Only where the running system is asked. */
  readonly client: () => Promise<PolicyClient>;
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
}

export interface PolicyAsked {
  readonly verb: 'check' | 'test' | 'diff' | 'apply';
  readonly file: string;
  /** With `test`: the file of the packet to try. */
  readonly packet?: string;
  /** With `test`: when it is accepted; now, where it is left out. */
  readonly at?: string;
  readonly isJson: boolean;
}

/**
 * @returns the exit code: 1 where the policy is wrong or differs
 * @throws CommandError where nothing was asked properly
 */
export async function policyCommand({ verb, file, packet, at, isJson }: PolicyAsked, context: Context): Promise<number> {
  const text = await readText(file);
  const show = (value: object, lines: readonly string[]): void => context.print(isJson ? JSON.stringify(value) : lines.join('\n'));
  switch (verb) {
    case 'check': {
      const parsed = parseOffline(text, context);
      const faults = parsed.kind === 'faults' ? parsed.faults.map(({ message }) => message) : [];
      show({ faults }, faults.length > 0 ? faults : [`${file} is right.`]);
      return faults.length > 0 ? 1 : 0;
    }
    case 'test': {
      if (packet === undefined) throw new CommandError('Name the packet to try.');
      const told = whoWouldBeAsked(rightOr(parseOffline(text, context), file), jsonIn(await readText(packet), packet), at, packet);
      show(told, told.levels.map(levelLine).concat(`At the end: ${told.at_end.reason}`));
      return 0;
    }
    case 'diff': {
      const { against, changes } = await (await context.client()).diff(text);
      show({ against, changes }, changes.length > 0 ? changes.map(changeLine) : [`It is as version ${against}.`]);
      return changes.length > 0 ? 1 : 0;
    }
    case 'apply': {
      const client = await context.client();
      const { version, changed } = await client.apply(text);
      show({ version, changed }, [
        changed ? `Version ${version} is in force from now on.` : `Nothing was changed: it is as version ${version}.`,
      ]);
      return 0;
    }
  }
}

function whoWouldBeAsked(policy: Policy, packet: unknown, at: string | undefined, file: string) {
  const acceptedAt = at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(acceptedAt.getTime()))
    throw new CommandError(`--at is "${at ?? ''}"; it must be an instant such as 2026-11-28T09:00:00Z.`);
  const accepted = rightOr(tryPacket(packet as object, acceptedAt), file);
  return previewView(
    policy,
    null,
    preview({ version: 1, policy }, (instant) => dutyAt([policy], [], instant), accepted),
  );
}

/** A file may name settings of routing's that are not set here; they are said, and stand for something. */
function parseOffline(text: string, { env, log }: Context): Result<Policy> {
  const unset = placeholdersIn(text).filter((name) => !env[name]);
  if (unset.length > 0) log(`Not set here, and taken for "http://unset.invalid": ${unset.join(', ')}.`);
  return parsePolicy(text, { ...env, ...Object.fromEntries(unset.map((name) => [name, 'http://unset.invalid'])) });
}

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
}

type ToldLevel = ReturnType<typeof previewView>['levels'][number];
const levelLine = ({ from, decide_by, name, asked, why, unattended }: ToldLevel): string =>
  `${from} – ${decide_by}  ${name}: ${asked.join(', ') || 'nobody'}${unattended ? ' (unattended: the fallback is paged)' : ''}. ${why}`;

const changeLine = ({ path, before, after }: PolicyChange): string => `${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
