/** Writes the dashboards. With `--check` it writes nothing and fails where what is checked in is not what it would write. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { boards } from './src/boards.mjs';

const FOLDER = new URL('dashboards/', import.meta.url);

await mkdir(FOLDER, { recursive: true });
const files = new Map();
for (const [name, builder] of boards()) files.set(`${name}.json`, await pretty(JSON.stringify(builder.build()), `${name}.json`));
const stale = (await readdir(FOLDER)).filter((name) => !files.has(name));
const changed = [];
for (const [name, text] of files) if ((await readFile(new URL(name, FOLDER), 'utf8').catch(() => null)) !== text) changed.push(name);

if (process.argv.includes('--check')) {
  for (const name of [...changed, ...stale])
    console.error(`deploy/grafana/dashboards/${name} is not what the code says. Run: npm run dashboards`);
  process.exitCode = changed.length + stale.length > 0 ? 1 : 0;
} else {
  for (const name of changed) await writeFile(new URL(name, FOLDER), files.get(name));
  for (const name of stale) await rm(new URL(name, FOLDER));
}
if (process.exitCode !== 1)
  console.log(`deploy/grafana/dashboards: ${files.size} files, ${changed.length + stale.length} written or removed.`);

async function pretty(text, name) {
  const path = new URL(name, FOLDER).pathname;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
