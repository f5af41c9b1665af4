/** `npm run replay`. The choices are routing's own, and so is the command; the plot is drawn here, so that no service carries the means for it. */
import { join } from 'node:path';
import { build, command, install, say } from './prepare.mjs';

await command(async () => {
  await install();
  await build();
  const { REPOSITORY } = await import('./dist/home.js');
  const { drawReplay } = await import('./dist/replay/draw-replay.js');
  const { replayCommand } = await import('../../services/routing/dist/src/cli/replay-command.js');
  return replayCommand(process.argv.slice(2), {
    data: join(REPOSITORY, '../shared/data'),
    policy: join(REPOSITORY, 'deploy/local/replay.yaml'),
    draw: drawReplay,
    print: (line) => process.stdout.write(`${line}\n`),
    log: say,
  });
});
