import { signServiceToken, type Seconds, type Service, type ServiceClaims } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { traceparentOf } from '@handoff/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { ForwardedRoute } from '../domain/forwarded-route.js';
import { NotifierConfig } from '../notifier.config.js';
import { bytesWithin } from './bytes-within.js';

export type OtherService = Exclude<Service, 'notifier'>;

export interface ServiceRequest {
  readonly method: ForwardedRoute['method'];
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
const URL_SETTINGS = { intake: 'INTAKE_URL', routing: 'ROUTING_URL', 'sla-monitor': 'SLA_MONITOR_URL', feedback: 'FEEDBACK_URL' } as const;
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The other services' own APIs, asked in the name of whoever is at the desk, by a token of a minute. */
@Injectable()
export class OtherServices {
  constructor(@Inject(NotifierConfig) private readonly config: NotifierConfig) {}

  isSetUp(service: OtherService): boolean {
    return this.config[URL_SETTINGS[service]] !== undefined && this.config.SERVICE_TOKEN_SECRET !== undefined;
  }

  async ask(service: OtherService, who: Asker, { method, path, body, withinSeconds }: ServiceRequest): Promise<Answered | NoAnswer> {
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
        signal: AbortSignal.timeout((withinSeconds ?? this.config.FORWARD_SECONDS) * 1000),
      });
      const bytes = await bytesWithin(answer.body, MOST_BYTES);
      return bytes === null ? { kind: 'too-large' } : { kind: 'answered', status: answer.status, headers: answer.headers, body: bytes };
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
      return { kind: code !== undefined && NOT_REACHED.has(code) ? 'not-reached' : 'lost' };
    }
  }

  private placeOf(service: OtherService): { readonly url: string; readonly secret: string } {
    const { [URL_SETTINGS[service]]: url, SERVICE_TOKEN_SECRET: secret } = this.config;
    const missing = url === undefined ? URL_SETTINGS[service] : secret === undefined ? 'SERVICE_TOKEN_SECRET' : null;
    if (url === undefined || secret === undefined)
      throw new Problem(404, 'not_set_up', `This belongs to ${service}, to which this desk has no door: ${missing} is not set.`);
    return { url, secret };
  }
}
