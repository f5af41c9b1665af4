import { join } from 'node:path';
import type { Service } from '@handoff/contracts';
import { REPOSITORY } from '../home.js';
import type { Identity } from '../identity/start-identity.js';
import { LOOPBACK } from '../ports.js';

type Env = Readonly<Record<string, string>>;

/** What the services of one system share. */
export interface SystemPlace {
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly groupPrefix: string;
  readonly databaseUrls: Readonly<Record<Service, string>>;
  /** Of each service's first replica. */
  readonly ports: Readonly<Record<Service, number>>;
  readonly smtpUrl: string;
  readonly catcherUrl: string;
  /** Where intake keeps what is too large for a packet. */
  readonly objectsFolder: string;
  /** Where the canary listens, whether or not it runs: the policy file names it. */
  readonly canaryUrl: string;
  readonly secrets: Secrets;
  /** The provider where people sign in; null where they come by links. */
  readonly identity: Omit<Identity, 'stop'> | null;
}

export interface Secrets {
  /** Signs sign-in links, where the system takes them. */
  readonly signInLink: string;
  /** Signs the links by which the canary's robot signs in, and nobody else. */
  readonly canarySignIn: string;
  /** Standard Webhooks' form: `whsec_` and base64. */
  readonly webhook: string;
  /** 32 bytes in base64; encrypts what intake received. */
  readonly dataKey: string;
  /** Signs operators' tokens, and those of one service to another. */
  readonly serviceToken: string;
  /** Signs the evidence that leads export. */
  readonly evidenceKey: string;
}

export const POLICY_FILE = join(REPOSITORY, 'deploy/local/policy.yaml');

export const urlOf = (port: number): string => `http://${LOOPBACK}:${port}`;

/** A service's settings in this system; what the caller sets over them is added by the caller. */
export function serviceEnv(service: Service, place: SystemPlace, port = place.ports[service]): Env {
  return {
    KAFKA_BROKERS: place.brokers,
    TOPIC_PREFIX: place.topicPrefix,
    GROUP_PREFIX: place.groupPrefix,
    DATABASE_URL: place.databaseUrls[service],
    HTTP_HOST: LOOPBACK,
    HTTP_PORT: String(port),
    SERVICE_TOKEN_SECRET: place.secrets.serviceToken,
    ...own(service, place),
  };
}

export const CANARY_MAIN = join(REPOSITORY, 'deploy/local/dist/bin/canary.js');

/** The canary knows what agents and people know, and no database. */
export function canaryEnv({ brokers, topicPrefix, groupPrefix, secrets, canaryUrl }: SystemPlace, deskUrl: string): Env {
  return {
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: topicPrefix,
    GROUP_PREFIX: groupPrefix,
    HTTP_HOST: LOOPBACK,
    HTTP_PORT: new URL(canaryUrl).port,
    DESK_URL: deskUrl,
    WEBHOOK_SIGNING_SECRET: secrets.webhook,
    CANARY_SIGN_IN_SECRET: secrets.canarySignIn,
  };
}

function own(service: Service, { secrets, ports, smtpUrl, catcherUrl, canaryUrl, identity, objectsFolder }: SystemPlace): Env {
  switch (service) {
    case 'intake':
      return { DATA_KEY: secrets.dataKey, FEEDBACK_URL: urlOf(ports.feedback), OBJECTS_FOLDER: objectsFolder };
    case 'routing':
      return { POLICY_FILE, CATCHER_URL: catcherUrl, CANARY_URL: canaryUrl };
    case 'notifier':
      return {
        DESK_URL: urlOf(ports.notifier),
        INTAKE_URL: urlOf(ports.intake),
        FEEDBACK_URL: urlOf(ports.feedback),
        ROUTING_URL: urlOf(ports.routing),
        SLA_MONITOR_URL: urlOf(ports['sla-monitor']),
        DESK_DIR: join(REPOSITORY, 'services/notifier/desk/dist'),
        ...waysIn(secrets, identity),
        CANARY_SIGN_IN_SECRET: secrets.canarySignIn,
        WEBHOOK_SIGNING_SECRET: secrets.webhook,
        EVIDENCE_SIGNING_KEY: secrets.evidenceKey,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8', // the catcher and the canary; a real installation allows no private address
        FALLBACK_WEBHOOK_URL: `${catcherUrl}/webhook/fallback`,
        SMTP_URL: smtpUrl,
        EMAIL_FROM: 'Handoff desk <desk@handoff.localhost>',
      };
    case 'sla-monitor':
    case 'feedback':
      return {};
  }
}

const waysIn = ({ signInLink }: Secrets, identity: SystemPlace['identity']): Env =>
  identity
    ? { OIDC_ISSUER: identity.issuer, OIDC_CLIENT_ID: identity.clientId, OIDC_CLIENT_SECRET: identity.clientSecret }
    : { SIGN_IN_LINK_SECRET: signInLink };
