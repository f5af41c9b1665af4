import { readFile, readdir } from 'node:fs/promises';
import { breaks } from './compatible.mjs';

const RELEASED = new URL('../../test/contracts/', import.meta.url);
const SCHEMA = /^schemas\/(.+)\.schema\.json$/;

/**
 * What the contracts break of what a release promised: the schemas of each are kept beside its golden records, and `released.json` names all
 * that is kept, so that a file that has gone is missed.
 * @returns a line for each
 */
export async function brokenPromises(schemas, released = RELEASED) {
  const versions = (await readdir(released, { withFileTypes: true })).filter((it) => it.isDirectory());
  const found = [];
  for (const { name: version } of versions) {
    const folder = new URL(`${version}/`, released);
    const kept = await jsonIn('released.json', folder);
    if (kept === null) found.push(`${version}/released.json is missing: it names what ${version} promised`);
    for (const file of kept ?? []) found.push(...(await brokenBy(file, { version, folder, schemas })));
  }
  return versions.length === 0 ? ['Nothing is kept of any release'] : found;
}

async function brokenBy(file, { version, folder, schemas }) {
  const before = await jsonIn(file, folder);
  if (before === null) return [`${version}/${file} is missing, which ${version} promised`];
  const [, name] = SCHEMA.exec(file) ?? [];
  if (name === undefined) return []; // a golden record, which is read by a spec
  const now = schemas.get(name);
  const broken = now ? breaks(before, JSON.parse(JSON.stringify(now))) : ['it is gone'];
  return broken.map((line) => `${name} breaks what ${version} promised: ${line}`);
}

async function jsonIn(file, folder) {
  const text = await readFile(new URL(file, folder), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}
