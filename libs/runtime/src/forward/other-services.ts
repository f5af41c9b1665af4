import { signServiceToken, type Seconds, type Service, type ServiceClaims } from '@handoff/contracts';
import { traceparentOf } from '@handoff/telemetry';
import { Problem } from '../problem.js';
import { bytesWithin } from './bytes-within.js';
import type { Route } from './route.js';

/** Where the others answer; what is left out has no door here. Names are those of the settings. */
export interface Doors {
  readonly INTAKE_URL?: string;
  readonly ROUTING_URL?: string;
  readonly SLA_MONITOR_URL?: string;
  readonly NOTIFIER_URL?: string;
  readonly FEEDBACK_URL?: string;
  readonly SERVICE_TOKEN_SECRET?: string;
  /** How long their answers are waited for. */
  readonly FORWARD_SECONDS: Seconds;
}

export interface ServiceRequest {
  readonly method: Route['method'];
  /** With its query. */
  readonly path: string;
  /** JSON; left out where there is nothing to say. */
  readonly body?: unknown;
  /** How long the answer is waited for; FORWARD_SECONDS where it is left out. */
  readonly withinSeconds?: Seconds;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Why there is no answer: nobody was reached; it did not come, or not to its end; it is more than is passed on. */
export type NoAnswer = { readonly kind: 'not-reached' | 'lost' | 'too-large' };

/** In whose name it is asked. */
export type Asker = Pick<ServiceClaims, 'subject' | 'roles' | 'tenant'>;

const MOST_BYTES = 4 * 1024 * 1024;
const URL_SETTINGS = {
  intake: 'INTAKE_URL',
  routing: 'ROUTING_URL',
  'sla-monitor': 'SLA_MONITOR_URL',
  notifier: 'NOTIFIER_URL',
  feedback: 'FEEDBACK_URL',
} as const satisfies Record<Service, keyof Doors>;
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The other services' own APIs, asked in the name of whoever asked this one, by a token of a minute. */
export class OtherServices {
  constructor(private readonly doors: Doors) {}

  isSetUp(service: Service): boolean {
    return this.doors[URL_SETTINGS[service]] !== undefined && this.doors.SERVICE_TOKEN_SECRET !== undefined;
  }

  async ask(service: Service, who: Asker, { method, path, body, withinSeconds }: ServiceRequest): Promise<Answered | NoAnswer> {
    const { url, secret } = this.placeOf(service);
    const { subject, roles, tenant } = who;
    const token = signServiceToken({ subject, roles, tenant, audience: service }, secret);
    const traceparent = traceparentOf();
    try {
      const answer = await fetch(new URL(path, url), {
        method,
        redirect: 'manual', // the token is for that service alone
        headers: {
          authorization: `Bearer ${token}`,
          ...(traceparent === null ? {} : { traceparent }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout((withinSeconds ?? this.doors.FORWARD_SECONDS) * 1000),
      });
      const bytes = await bytesWithin(answer.body, MOST_BYTES);
      return bytes === null ? { kind: 'too-large' } : { kind: 'answered', status: answer.status, headers: answer.headers, body: bytes };
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
      return { kind: code !== undefined && NOT_REACHED.has(code) ? 'not-reached' : 'lost' };
    }
  }

  private placeOf(service: Service): { readonly url: string; readonly secret: string } {
    const { [URL_SETTINGS[service]]: url, SERVICE_TOKEN_SECRET: secret } = this.doors;
    const missing = url === undefined ? URL_SETTINGS[service] : secret === undefined ? 'SERVICE_TOKEN_SECRET' : null;
    if (url === undefined || secret === undefined)
      throw new Problem(404, 'not_set_up', `This belongs to ${service}, to which there is no door here: ${missing} is not set.`);
    return { url, secret };
  }
}
