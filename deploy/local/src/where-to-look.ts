import { join } from 'node:path';
import { SERVICES } from '@handoff/contracts';
import { PEOPLE } from './people.js';
import type { System } from './system/start-system.js';

/** What a newcomer needs next, on one screen. */
export function whereToLook(system: System): string {
  const lines: readonly (readonly [string, string])[] = [
    ['The desk', system.urls.notifier],
    ['  sign in as', `${PEOPLE.join(', ')} (a development sign-in at ${system.identityUrl} asks who you are, without a password)`],
    ['The agents’ door', `${system.urls.intake}/v1/handoffs`],
    ['Kafka', `${system.brokers}, topic ${system.topicPrefix}handoff.escalations`],
    ['Postgres', system.databaseUrl ?? 'one address per service, as given'],
    ['Mail, webhooks, traces', system.catcher.url],
    ...SERVICES.map((service) => [`Metrics of ${service}`, `${system.urls[service]}/metrics`] as const),
    ['Metrics of the canary', `${system.canary.url}/metrics`],
    ...Object.entries(system.exporters).flatMap(([of, url]) => (url === null ? [] : [[`Metrics of ${of}`, `${url}/metrics`] as const])),
    ['Logs', join(system.stateDir, 'logs/')],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
