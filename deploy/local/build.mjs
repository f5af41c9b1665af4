/** `npm run build`: everything that is compiled, whether or not it seems to have changed. */
import { build, command } from './prepare.mjs';

await command(async () => {
  await build({ isForced: true });
  return 0;
});
