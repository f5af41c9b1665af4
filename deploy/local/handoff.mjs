#!/usr/bin/env node
/** `npm run handoff -- <command>`: everything that can be asked of an installation. The rest is in src/command/. */
import { build, command, install } from './prepare.mjs';

await command(async () => {
  await install();
  await build();
  const [{ runHandoff }, { leave, terminal }] = await Promise.all([
    import('./dist/command/program.js'),
    import('./dist/command/terminal.js'),
  ]);
  const code = await runHandoff(process.argv.slice(2), terminal());
  leave(code);
  return code;
});
