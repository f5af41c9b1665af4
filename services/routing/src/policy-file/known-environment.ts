import { placeholdersIn, type Environment } from './fill-placeholders.js';

/**
 * What a text that comes over HTTP may name: only what the policy's file names already. Whoever may write a policy is not to read this
 * process's other settings out of it.
 */
export function knownEnvironment(text: string | null, environment: Environment): Environment {
  return Object.fromEntries(placeholdersIn(text ?? '').map((name) => [name, environment[name]]));
}
