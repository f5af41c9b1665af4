/** `npm run topics -- plan|apply|verify`. The rest is in src/topics/. */
import { build, command, install, say } from './prepare.mjs';

await command(async () => {
  await install();
  await build();
  const { runTopics } = await import('./dist/topics/topics-command.js');
  return runTopics(process.argv.slice(2), process.env, (line) => process.stdout.write(`${line}\n`), say);
});
