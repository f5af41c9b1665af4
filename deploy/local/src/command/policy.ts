import { PolicyClient } from '../policies/policy-client.js';
import { OperatorClient, operatorName, serviceTokenSecret } from '../operator/operator-client.js';
import type { AddCommand } from './add-command.js';
import { findInstallation } from './installation.js';
import type { Env, Io } from './io.js';
import { routingsOwn } from './routings-own.js';
import { JSON_OPTION } from './words.js';

interface PolicyWords {
  readonly json?: boolean;
  readonly packet?: string;
  readonly at?: string;
}

type Verb = 'check' | 'test' | 'diff' | 'apply';

export const addPolicy: AddCommand = (program, { io, endWith }) => {
  const policy = program.command('policy').description('the policy file: who is asked, and for how long');
  const asked = (verb: Verb, about: string) =>
    policy
      .command(`${verb} <file>`)
      .description(about)
      .option(...JSON_OPTION)
      .action((file: string, words: PolicyWords) => endWith(ask(verb, file, words, io)));

  asked('check', 'is it right? every fault with its line; needs no running system');
  asked('test', 'who would be asked when; nothing is sent, and no running system is needed')
    .requiredOption('--packet <file>', 'the packet to try')
    .option('--at <instant>', 'when it is accepted; now by default');
  asked('diff', 'what it would change of the policy in force');
  asked('apply', 'in force for handoffs accepted from now on');
};

/** The command is routing's own; asking the running system is this project's. */
async function ask(verb: Verb, file: string, { json: isJson = false, ...words }: PolicyWords, { env, print, log }: Io): Promise<number> {
  const { policyCommand } = await routingsOwn();
  return policyCommand({ verb, file, isJson, ...words }, { env, print, log, client: () => policyClient(env) });
}

async function policyClient(env: Env): Promise<PolicyClient> {
  const [{ urls }, secret] = await Promise.all([findInstallation(env), serviceTokenSecret(env)]);
  return new PolicyClient(new OperatorClient('routing', urls.routing[0] ?? '', secret, operatorName(env)));
}
