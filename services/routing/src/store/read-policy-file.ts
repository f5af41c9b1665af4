import { readFile } from 'node:fs/promises';
import type { Policy } from '../domain/policy.js';
import type { Environment } from '../policy-file/fill-placeholders.js';
import { parsePolicy } from '../policy-file/parse-policy.js';
import { PolicyInvalidError, PolicyUnreadableError } from '../routing.errors.js';

/** A policy, and the text that it was read from. */
export interface WrittenPolicy {
  readonly text: string;
  readonly policy: Policy;
}

export async function readPolicyFile(file: string, environment: Environment): Promise<WrittenPolicy> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new PolicyUnreadableError(file, error);
  });
  const parsed = parsePolicy(text, environment);
  if (parsed.kind === 'faults') throw new PolicyInvalidError(file, parsed.faults);
  return { text, policy: parsed.value };
}
