/** `npm run policy -- check|test|diff|apply`. The rest is in services/routing/src/cli/. */
import { userInfo } from 'node:os';
import { build, command, install, say } from './prepare.mjs';

await command(async () => {
  await install();
  await build();
  const { serviceTokenSecret, serviceUrl } = await import('./dist/dead-letters/dead-letter-client.js');
  const { policyCommand } = await import('../../services/routing/dist/src/cli/policy-command.js');
  const { PolicyClient } = await import('../../services/routing/dist/src/cli/policy-client.js');
  const { env } = process;
  return policyCommand(process.argv.slice(2), {
    env,
    client: async () =>
      new PolicyClient(serviceUrl('routing', env), await serviceTokenSecret(env), env['HANDOFF_OPERATOR'] ?? userInfo().username),
    print: (line) => process.stdout.write(`${line}\n`),
    log: say,
  });
});
