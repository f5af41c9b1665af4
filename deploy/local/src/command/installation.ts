import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICES, type Service } from '@handoff/contracts';
import { DATABASE } from '../database/provision-database.js';
import { databaseUrl } from '../database/service-schema.js';
import { handoffHome } from '../home.js';
import { isCode } from '../kept-secret.js';
import { LOOPBACK } from '../ports.js';
import { fixedPorts } from '../system/local-ports.js';
import { urlOf } from '../system/service-env.js';
import { SYSTEM_NOTE, type SystemNote } from '../system/system-note.js';
import type { Env } from './io.js';

/** Where an installation is, for whoever asks it something from outside: every process of each service that is known, at least one. */
export interface Installation extends SystemNote {
  /** The folder of the local servers' data, where a system runs from it on this machine. */
  readonly dataDir: string | null;
}

/** By its settings; what they leave out, as the system that runs from HANDOFF_HOME has noted it; else where `npm start` would run it. */
export async function findInstallation(env: Env): Promise<Installation> {
  const home = handoffHome(env);
  const note = await readNote(home);
  return installationFrom(env, note, note ? home : null);
}

export function installationFrom(env: Env, note: SystemNote | null, dataDir: string | null): Installation {
  const ports = fixedPorts(env);
  const urls = SERVICES.map((service) => [service, listIn(env[urlSetting(service)]) ?? note?.urls[service] ?? [urlOf(ports[service])]]);
  const given = env['DATABASE_URL'];
  return {
    brokers: env['KAFKA_BROKERS'] || (note?.brokers ?? `${LOOPBACK}:${ports.kafka}`),
    topicPrefix: env['TOPIC_PREFIX'] ?? note?.topicPrefix ?? '',
    groupPrefix: env['GROUP_PREFIX'] ?? note?.groupPrefix ?? '',
    urls: Object.fromEntries(urls) as Record<Service, readonly string[]>, // SERVICES is every service
    canaryUrl: env['CANARY_URL'] || (note?.canaryUrl ?? null),
    databaseUrl: given ? databaseUrl(given, env['DATABASE_NAME'] ?? DATABASE) : (note?.databaseUrl ?? null),
    dataDir,
  };
}

export const urlSetting = (service: Service): string => `${service.toUpperCase().replaceAll('-', '_')}_URL`;

function listIn(text: string | undefined): readonly string[] | null {
  const urls = (text ?? '')
    .split(',')
    .map((url) => url.trim().replace(/\/+$/, ''))
    .filter(Boolean);
  return urls.length > 0 ? urls : null;
}

async function readNote(home: string): Promise<SystemNote | null> {
  try {
    return JSON.parse(await readFile(join(home, SYSTEM_NOTE), 'utf8')) as SystemNote; // written by a start of ours alone
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}
