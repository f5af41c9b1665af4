import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SERVICES } from '@handoff/contracts';
import type { Log } from '../log.js';
import { freePort, LOOPBACK } from '../ports.js';
import { startProcess, type StopSteps } from '../processes/managed-process.js';
import { endOrphan } from '../processes/pid-file.js';
import { urlOf } from './service-env.js';

/** What the servers say of themselves to Prometheus, beside what the services say of them: where each answers, or null. */
export interface Exporters {
  readonly kafka: string | null;
  readonly postgres: string | null;
  /** The machine: its disks. */
  readonly node: string | null;
}

export const NO_EXPORTERS: Exporters = { kafka: null, postgres: null, node: null };

interface Options {
  readonly stateDir: string;
  readonly kafka: string | null;
  /** The administrator's address; null where each service was given its own. */
  readonly adminUrl: string | null;
  readonly ports: Readonly<Partial<Record<'postgres-exporter' | 'node-exporter', number>>>;
  readonly log: Log;
}

const STOP: StopSteps = [
  ['SIGTERM', 5],
  ['SIGKILL', 5],
];

/** Debian's exporters, where they are installed; one that is not is named, and left out. */
export async function startExporters(
  { stateDir, kafka, adminUrl, ports, log }: Options,
  add: (stop: () => Promise<void>) => void,
): Promise<Exporters> {
  const start = async (command: string, given: number | undefined, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    if (!isInstalled(command)) {
      log(`There is no ${command} on this machine, so what it would tell is not told (Debian: apt-get install ${command}).`);
      return null;
    }
    const port = given ?? (await freePort());
    const [pidFile, logFile] = [join(stateDir, `${command}.pid.json`), join(stateDir, 'logs', `${command}.log`)];
    await endOrphan(pidFile, log);
    const started = await startProcess({
      name: command,
      command,
      args: [`--web.listen-address=${LOOPBACK}:${port}`, ...args],
      env: { ...process.env, ...env },
      logFile,
      pidFile,
    });
    add(async () => void (await started.stop(STOP)));
    return urlOf(port);
  };
  const postgres =
    adminUrl === null
      ? null
      : await start('prometheus-postgres-exporter', ports['postgres-exporter'], ['--no-collector.bgwriter'], {
          // its names are those of Postgres 16 and before
          DATA_SOURCE_NAME: withoutTls(adminUrl),
        });
  const node = await start('prometheus-node-exporter', ports['node-exporter'], ['--collector.disable-defaults', '--collector.filesystem']);
  return { kafka, postgres, node };
}

const isInstalled = (command: string): boolean => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

/** Its driver asks for TLS unless it is told not to; an address that says what it wants is left as it is. */
function withoutTls(address: string): string {
  const url = new URL(address);
  if (url.hostname === LOOPBACK && !url.searchParams.has('sslmode')) url.searchParams.set('sslmode', 'disable');
  return url.href;
}

/** As `job_name` and targets of Prometheus, for whoever scrapes one system. */
export function scrapeJobs(
  services: Readonly<Record<string, { readonly replicas: readonly { readonly url: string }[] }>>,
  canary: { readonly url: string },
  { kafka, postgres, node }: Exporters,
): Readonly<Record<string, readonly string[]>> {
  const host = (url: string): string => new URL(url).host;
  const only = (job: string, url: string | null) => (url === null ? {} : { [job]: [host(url)] });
  return {
    handoff: SERVICES.flatMap((service) => services[service]?.replicas.map(({ url }) => host(url)) ?? []),
    'handoff-canary': [host(canary.url)],
    ...only('kafka', kafka),
    ...only('postgres', postgres),
    ...only('node', node),
  };
}
