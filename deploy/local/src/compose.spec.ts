import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@handoff/contracts';
import { parse } from 'yaml';
import { REPOSITORY } from './home.js';
import { canaryEnv, serviceEnv } from './system/service-env.js';

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}
interface ComposeService {
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const read = (file: string): unknown => parse(readFileSync(join(REPOSITORY, file), 'utf8'), { merge: true });
const compose = read('docker-compose.yml') as Compose;
const services = Object.entries(compose.services);

const PLACE = {
  brokers: '',
  topicPrefix: '',
  groupPrefix: '',
  databaseUrls: Object.fromEntries(SERVICES.map((name) => [name, ''])) as Record<(typeof SERVICES)[number], string>,
  ports: Object.fromEntries(SERVICES.map((name) => [name, 1])) as Record<(typeof SERVICES)[number], number>,
  smtpUrl: '',
  catcherUrl: '',
  canaryUrl: 'http://127.0.0.1:1',
  objectsFolder: '',
  identity: null,
  secrets: { signInLink: '', canarySignIn: '', webhook: '', dataKey: '', serviceToken: '', evidenceKey: '' },
};

/** Here it can only be read; that it also runs is for whoever has Docker. */
describe('docker-compose.yml', () => {
  it('binds every port to this machine alone, and none twice', () => {
    const ports = services.flatMap(([, { ports: own = [] }]) => own);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('depends on nothing, and keeps nothing, that it does not have', () => {
    const depended = services.flatMap(([, { depends_on: on = {} }]) => Object.keys(on));
    const kept = services.flatMap(([, { volumes: own = [] }]) =>
      own.filter((volume) => !/^[./]/.test(volume)).map((volume) => volume.split(':')[0]),
    );
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(depended));
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(kept));
  });

  it('takes along no file that is not there', () => {
    const files = services.flatMap(([, { volumes: own = [] }]) =>
      own.filter((it) => it.startsWith('./')).map((it) => it.split(':')[0] ?? ''),
    );
    expect(files.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
  });

  it.each([...SERVICES])('runs %s with every setting that npm start gives it', (service) => {
    const needed = Object.keys(serviceEnv(service, PLACE)).filter((name) => !name.endsWith('_PREFIX'));
    const { environment = {}, command } = compose.services[service] ?? {};
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(needed));
    expect(command?.at(-1)).toBe(`dist/${service}.js`);
  });

  it('runs the canary with every setting that npm start gives it', () => {
    const needed = Object.keys(canaryEnv(PLACE, '')).filter((name) => !name.endsWith('_PREFIX'));
    const { environment = {}, command } = compose.services['canary'] ?? {};
    expect(Object.keys(environment)).toEqual(expect.arrayContaining(needed));
    expect(existsSync(join(REPOSITORY, command?.at(-1)?.replace('/dist/', '/src/').replace('.js', '.ts') ?? ''))).toBe(true);
  });

  it('keeps objects on a volume, where the image keeps them without settings', () => {
    const image = readFileSync(join(REPOSITORY, 'deploy/images/Dockerfile'), 'utf8');
    const { environment = {}, volumes = [] } = compose.services['intake'] ?? {};
    const folder = /OBJECTS_FOLDER=(\S+)/.exec(image)?.[1];
    expect([environment['OBJECTS_FOLDER'], volumes]).toEqual([folder, [`objects:${folder}`]]);
  });

  it('lets Prometheus read every service', () => {
    const prometheus = read('deploy/prometheus/prometheus.yml') as {
      scrape_configs: readonly { job_name: string; static_configs: [{ targets: readonly string[] }] }[];
    };
    const jobs = Object.fromEntries(prometheus.scrape_configs.map((it) => [it.job_name, it.static_configs[0].targets]));
    expect(jobs).toMatchObject({ handoff: SERVICES.map((service) => `${service}:8080`), 'handoff-canary': ['canary:8080'] });
  });
});
