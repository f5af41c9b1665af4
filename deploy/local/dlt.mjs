/** `npm run dlt -- list|show|replay`. The rest is in src/dead-letters/. */
import { build, command, install, say } from './prepare.mjs';

await command(async () => {
  await install();
  await build();
  const { runDlt } = await import('./dist/dead-letters/dlt-command.js');
  return runDlt(process.argv.slice(2), process.env, (line) => process.stdout.write(`${line}\n`), say);
});
