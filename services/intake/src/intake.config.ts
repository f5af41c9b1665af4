import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';

const GIB = 1024 ** 3;
const KEY = /^[A-Za-z0-9+/]{43}=$/;
const KEYS = /^([A-Za-z0-9+/]{43}=(,|$))*$/;

export class IntakeConfig extends ServiceConfig {
  /** 32 random bytes as base64: what agents sent is encrypted with it. `openssl rand -base64 32` makes one. */
  @IsString()
  @Matches(KEY, { message: 'DATA_KEY must be 32 bytes as base64, as `openssl rand -base64 32` prints them.' })
  readonly DATA_KEY!: string;
  /** Earlier keys, comma separated: what they encrypted can still be read, and nothing new is written with them. */
  @IsString()
  @Matches(KEYS, { message: 'DATA_KEYS_BEFORE must be keys like DATA_KEY, separated by commas.' })
  readonly DATA_KEYS_BEFORE: string = '';
  /** How long an ended handoff is kept, with all that belongs to it, and how long a refusal is; 0: for good. */
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
  /** How long an agent is counted on after it was heard of. */
  @IsInt() @Min(5) @Max(86_400) readonly AGENT_ALIVE_SECONDS: number = 120;
  /** How long a reply waits for the handoff or the offer that it names; then it is refused. */
  @IsInt() @Min(1) @Max(3600) readonly REPLY_HOLD_SECONDS: number = 60;
  /** How often a task may change hands from agent to agent. */
  @IsInt() @Min(1) @Max(100) readonly TRANSFER_HOPS: number = 8;
  /** A folder for large bytes that agents hand on, shared by all replicas and kept when they are replaced; `off`, with no bucket either: they are refused. */
  @IsString() readonly OBJECTS_FOLDER: string = '.handoff/objects';
  /** In place of the folder: a bucket of any server that speaks S3. Credentials come from where the AWS client looks for them. */
  @IsString() readonly OBJECTS_S3_BUCKET: string = '';
  @IsString() readonly OBJECTS_S3_REGION: string = 'us-east-1';
  /** Of a server that is not Amazon's own. */
  @IsString() readonly OBJECTS_S3_ENDPOINT: string = '';
  @IsInt() @Min(1) readonly OBJECT_MAX_BYTES: number = GIB;
  /** Of all objects that one agent has put and that are still there; 0 for no limit. */
  @IsInt() @Min(0) readonly OBJECT_AGENT_BYTES: number = 4 * GIB;
  /** How long an object is kept after it was put, or handed on last. */
  @IsInt() @Min(1) @Max(36_500) readonly OBJECT_DAYS: number = 90;
  /** How long an accepted handoff may wait for routing before it is counted as unrouted. */
  @IsInt() @Min(1) @Max(86_400) readonly UNROUTED_AFTER_SECONDS: number = 90;
  /** Handoffs of one agent that are accepted in a minute, which may come all at once; 0 for no limit. */
  @IsInt() @Min(0) @Max(100_000_000) readonly AGENT_RATE_PER_MINUTE: number = 60_000;
  /** Handoffs of one agent that may be open at a time; 0 for no limit. */
  @IsInt() @Min(0) @Max(100_000_000) readonly AGENT_OPEN_HANDOFFS: number = 100_000;
  /** Where feedback answers what agents ask of it through this door; without, they get no advice. */
  @IsOptional() @IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true }) readonly FEEDBACK_URL?: string;
  /** How long its answer is waited for. */
  @IsInt() @Min(1) @Max(60) readonly FORWARD_SECONDS: number = 10;
  /** Networks that agents' webhooks may reach although they are not public, comma separated, for example `127.0.0.0/8`. */
  @IsString() readonly WEBHOOK_ALLOWED_NETWORKS: string = '';
}

export const allowedNetworks = ({ WEBHOOK_ALLOWED_NETWORKS }: IntakeConfig): readonly string[] =>
  WEBHOOK_ALLOWED_NETWORKS.split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
