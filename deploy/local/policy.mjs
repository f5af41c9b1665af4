/** `npm run policy -- check|test|diff|apply`. The command is routing's own; asking the running system is this project's. */
import { userInfo } from 'node:os';
import { build, command, install, say } from './prepare.mjs';

await command(async () => {
  await install();
  await build();
  const { OperatorClient, serviceTokenSecret, serviceUrl } = await import('./dist/operator/operator-client.js');
  const { PolicyClient } = await import('./dist/policies/policy-client.js');
  const { policyCommand } = await import('../../services/routing/dist/src/cli/policy-command.js');
  const { env } = process;
  const operator = env['HANDOFF_OPERATOR'] ?? userInfo().username;
  return policyCommand(process.argv.slice(2), {
    env,
    client: async () =>
      new PolicyClient(new OperatorClient('routing', serviceUrl('routing', env), await serviceTokenSecret(env), operator)),
    print: (line) => process.stdout.write(`${line}\n`),
    log: say,
  });
});
