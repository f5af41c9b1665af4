import 'reflect-metadata';
import { HandoffError, validate } from '@handoff/contracts';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUrl, Max, Min, MinLength } from 'class-validator';

/** Settings of every service. Names are the environment's. */
export class ServiceConfig {
  /** This service's own role; it sees its own schema alone. */
  @IsUrl({ protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false }) readonly DATABASE_URL!: string;
  @IsInt() @Min(1) @Max(200) readonly DATABASE_POOL_SIZE: number = 10;
  @IsString() readonly KAFKA_BROKERS!: string;
  @IsOptional() @IsString() readonly KAFKA_SSL?: string;
  @IsOptional() @IsString() readonly KAFKA_SSL_CA?: string;
  @IsOptional() @IsString() readonly KAFKA_SASL_MECHANISM?: string;
  @IsOptional() @IsString() readonly KAFKA_SASL_USERNAME?: string;
  @IsOptional() @IsString() readonly KAFKA_SASL_PASSWORD?: string;
  /** How long the consumer rests behind each batch, so that what arrives meanwhile comes in one. Longer where nobody waits for the service. */
  @IsInt() @Min(0) @Max(1000) readonly CONSUME_REST_MS: number = 20;
  /** Put before every topic's name, so that installations can share a broker. */
  @IsString() readonly TOPIC_PREFIX: string = '';
  @IsString() readonly GROUP_PREFIX: string = '';
  @IsString() readonly HTTP_HOST: string = '127.0.0.1';
  @IsInt() @Min(0) @Max(65_535) readonly HTTP_PORT!: number;
  /** Addresses or networks of proxies whose `X-Forwarded-For` is believed, comma separated; without, the address is the connection's. */
  @IsString() readonly TRUSTED_PROXIES: string = '';
  /** Signs the short-lived tokens of operators and of our own services; the same everywhere. Without it their doors are shut. */
  @IsOptional() @IsString() @MinLength(32) readonly SERVICE_TOKEN_SECRET?: string;
  /** How long a dead letter is kept once it has been replayed. */
  @IsInt() @Min(1) @Max(3650) readonly DEAD_LETTERS_REPLAYED_DAYS: number = 30;
  /** How long one is kept that nobody has replayed; for good where this is not set. */
  @IsOptional() @IsInt() @Min(1) @Max(3650) readonly DEAD_LETTERS_DAYS?: number;
  @IsInt() @Min(1) @Max(86_400) readonly CLEAN_EVERY_SECONDS: number = 3600;
  /** How long consuming may stand still, with nothing away that would explain it, before the process says that it should be replaced. */
  @IsInt() @Min(1) @Max(3600) readonly CONSUMER_STILL_SECONDS: number = 120;
}

/** Stops the start: a service with a wrong setting must not take work. */
export class ConfigError extends HandoffError {
  readonly code = 'CONFIG_INVALID';
}

/** The settings as `type`, or one error that names every wrong or missing one at once. */
export function loadConfig<T extends object>(
  type: ClassConstructor<T>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): T {
  const known = Object.keys(new type());
  const given = Object.fromEntries(
    known.flatMap((name) => (environment[name] === undefined || environment[name] === '' ? [] : [[name, environment[name]]])),
  );
  const typed = plainToInstance(type, given, { enableImplicitConversion: true, exposeDefaultValues: true });
  const checked = validate(type, { ...typed });
  if (checked.kind === 'ok') return checked.value;
  throw new ConfigError(
    `The service cannot start: ${checked.faults.map(({ message }) => message).join(' ')} Set these variables and start it again.`,
  );
}
