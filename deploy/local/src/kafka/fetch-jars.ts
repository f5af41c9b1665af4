import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Fetched once by Maven, which checks their checksums and knows the machine's proxies and mirrors; the folder is there whole or not at all. */
export async function fetchJars(
  folder: string,
  dependencies: string,
  tellProgress: (jars: number) => void = () => undefined,
): Promise<void> {
  if (await isThere(folder)) return;
  const partial = `${folder}.${process.pid}`;
  const progress = setInterval(() => void count(partial).then(tellProgress), 5000);
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(`${partial}/pom.xml`, pomOf(dependencies));
    await run('mvn', ['-q', '-B', '-f', 'pom.xml', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`], {
      cwd: partial,
      maxBuffer: 16 * 1024 * 1024,
    });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!(await isThere(folder))) throw error; // else another start was first
  } finally {
    clearInterval(progress);
  }
}

export const isThere = async (folder: string): Promise<boolean> => Boolean(await stat(folder).catch(() => null));

async function count(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []); // not made yet, or moved to its place
  return names.filter((name) => name.endsWith('.jar')).length;
}

const pomOf = (dependencies: string): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local.handoff</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>${dependencies}
  </dependencies>
</project>
`;

/** What Maven said of why it failed. */
export function saidByMaven(cause: unknown): string {
  const output = typeof cause === 'object' && cause !== null && 'stdout' in cause ? String(cause.stdout) : '';
  return output.split('\n').find((line) => line.includes('[ERROR]')) ?? String(cause);
}
