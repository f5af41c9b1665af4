import { HandoffError, URGENCIES, type Seconds, type Urgency } from '@handoff/contracts';

type Env = Readonly<Record<string, string | undefined>>;

export interface CanarySettings {
  readonly every: Seconds;
  /** Within which a round must have come back; no longer than until the next one. */
  readonly wait: Seconds;
  readonly urgency: Urgency;
  readonly topicPrefix: string;
  readonly groupPrefix: string;
  /** Where the robot reaches the desk. */
  readonly deskUrl: string;
  readonly webhookSecret: string;
  readonly signInSecret: string;
  readonly host: string;
  readonly port: number;
}

export class CanarySettingsError extends HandoffError {
  readonly code = 'CANARY_SETTINGS';
  constructor(problems: readonly string[]) {
    super(`The canary cannot start: ${problems.join(' ')} Set these variables and start it again.`);
  }
}

/** @throws CanarySettingsError that names everything wrong or missing at once */
export function canarySettings(env: Env): CanarySettings {
  const problems: string[] = [];
  const text = (name: string): string => {
    if (!env[name]) problems.push(`${name} must be set.`);
    return env[name] ?? '';
  };
  const whole = (name: string, usual: number, most: number): number => {
    const value = Number(env[name] || usual);
    if (!Number.isInteger(value) || value < 1 || value > most) problems.push(`${name} must be a whole number from 1 to ${most}.`);
    return value;
  };
  const every = whole('CANARY_EVERY_SECONDS', 60, 3600);
  const urgency = URGENCIES.find((it) => it === (env['CANARY_URGENCY'] || 'low'));
  if (!urgency) problems.push(`CANARY_URGENCY must be one of ${URGENCIES.join(', ')}.`);
  const settings: CanarySettings = {
    every,
    wait: Math.min(every, whole('CANARY_WAIT_SECONDS', 30, 3600)),
    urgency: urgency ?? 'low',
    topicPrefix: env['TOPIC_PREFIX'] ?? '',
    groupPrefix: env['GROUP_PREFIX'] ?? '',
    deskUrl: text('DESK_URL'),
    webhookSecret: text('WEBHOOK_SIGNING_SECRET'),
    signInSecret: text('CANARY_SIGN_IN_SECRET'),
    host: env['HTTP_HOST'] || '127.0.0.1',
    port: whole('HTTP_PORT', 4105, 65_535),
  };
  if (problems.length > 0) throw new CanarySettingsError(problems);
  return settings;
}
