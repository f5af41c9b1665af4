import { readFile, readdir } from 'node:fs/promises';
import { breaks } from './compatible.mjs';

const RELEASED = new URL('../../test/contracts/', import.meta.url);

/** What the contracts break of what a release promised: the schemas of each are kept beside its golden packets. */
export async function brokenPromises(schemas) {
  const versions = (await readdir(RELEASED, { withFileTypes: true })).filter((it) => it.isDirectory());
  const found = [];
  for (const { name: version } of versions) {
    const folder = new URL(`${version}/schemas/`, RELEASED);
    for (const file of await readdir(folder).catch(() => [])) {
      const name = file.replace(/\.schema\.json$/, '');
      const before = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
      const now = schemas.get(name);
      const broken = now ? breaks(before, JSON.parse(JSON.stringify(now))) : ['it is gone'];
      found.push(...broken.map((line) => `${name} breaks what ${version} promised: ${line}`));
    }
  }
  return found;
}
