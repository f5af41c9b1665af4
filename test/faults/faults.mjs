/** `npm run faults`: builds, then breaks things. The rest is in src/main.ts. */
import { build, checkMachine, command, install } from '../../deploy/local/prepare.mjs';

await command(async () => {
  checkMachine();
  await install();
  await build();
  const { main } = await import('./dist/main.js');
  return main(process.argv.slice(2));
});
process.exit(); // a fault that was interrupted may still wait for what will not come
