/** `npm start`: from a fresh clone to a running system. The rest is in src/main.ts. */
import { build, checkMachine, command, install } from './prepare.mjs';

await command(async () => {
  checkMachine();
  await install();
  await build();
  const { main } = await import('./dist/main.js');
  return main(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
});
