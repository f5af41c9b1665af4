import { HandoffError, type Service } from '@handoff/contracts';

export type PortName = Service | 'canary' | 'kafka' | 'postgres' | 'smtp' | 'catcher' | 'identity' | Exporter;
type Exporter = 'kafka-exporter' | 'postgres-exporter' | 'node-exporter';
export type Ports = Readonly<Partial<Record<PortName, number>>>;

type Env = Readonly<Record<string, string | undefined>>;

export interface PortSetting {
  readonly setting: string;
  readonly port: number;
  /** As a sentence would call whoever listens on it. */
  readonly what: string;
}

/** Below the range from which systems draw ports for outgoing connections, so that none of those is ever in the way. */
export const PORT_SETTINGS: Readonly<Record<PortName, PortSetting>> = {
  intake: { setting: 'HANDOFF_INTAKE_PORT', port: 4100, what: 'the agents’ door (intake)' },
  routing: { setting: 'HANDOFF_ROUTING_PORT', port: 4101, what: 'routing' },
  'sla-monitor': { setting: 'HANDOFF_SLA_MONITOR_PORT', port: 4102, what: 'the SLA monitor' },
  notifier: { setting: 'HANDOFF_DESK_PORT', port: 4103, what: 'the desk (notifier)' },
  feedback: { setting: 'HANDOFF_FEEDBACK_PORT', port: 4104, what: 'feedback' },
  canary: { setting: 'HANDOFF_CANARY_PORT', port: 4105, what: 'the canary' },
  smtp: { setting: 'HANDOFF_SMTP_PORT', port: 4125, what: 'the mail catcher' },
  catcher: { setting: 'HANDOFF_CATCHER_PORT', port: 4126, what: 'the catcher' },
  identity: { setting: 'HANDOFF_IDENTITY_PORT', port: 4127, what: 'the development sign-in' },
  postgres: { setting: 'HANDOFF_POSTGRES_PORT', port: 4132, what: 'Postgres' },
  kafka: { setting: 'HANDOFF_KAFKA_PORT', port: 4192, what: 'Kafka' },
  'kafka-exporter': { setting: 'HANDOFF_KAFKA_EXPORTER_PORT', port: 4194, what: 'what Kafka says of itself' },
  'postgres-exporter': { setting: 'HANDOFF_POSTGRES_EXPORTER_PORT', port: 4134, what: 'what Postgres says of itself' },
  'node-exporter': { setting: 'HANDOFF_NODE_EXPORTER_PORT', port: 4135, what: 'what this machine says of its disks' },
};

export class BadPortError extends HandoffError {
  readonly code = 'BAD_PORT';
  constructor(setting: string, value: string) {
    super(`${setting} is "${value}"; it must be a port from 1 to 65535.`);
  }
}

/** The ports of `npm start`: the same each time, so that bookmarks and clients stay right. */
export function fixedPorts(env: Env): Readonly<Record<PortName, number>> {
  const names = Object.keys(PORT_SETTINGS) as PortName[];
  return Object.fromEntries(names.map((name) => [name, portOf(PORT_SETTINGS[name], env)])) as Record<PortName, number>;
}

/** Only those that somebody has set; a run that nobody looks into takes free ones and is in nobody's way. */
export function givenPorts(env: Env): Ports {
  const names = Object.keys(PORT_SETTINGS) as PortName[];
  return Object.fromEntries(
    names.filter((name) => env[PORT_SETTINGS[name].setting]).map((name) => [name, portOf(PORT_SETTINGS[name], env)]),
  );
}

function portOf({ setting, port }: PortSetting, env: Env): number {
  const value = env[setting];
  if (!value) return port;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new BadPortError(setting, value);
  return number;
}
