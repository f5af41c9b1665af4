import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { IsEmail, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, ValidateIf } from 'class-validator';
import type { WebhookSettings } from './channels/webhook.channel.js';

/** An identity provider is reached over TLS; one on this machine, as in development, need not be. */
const HTTPS_OR_LOOPBACK = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$))/;

const SERVICE_URL = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };

const hasProvider = ({ OIDC_ISSUER }: NotifierConfig): boolean => OIDC_ISSUER !== undefined;
const needsProvider = (it: NotifierConfig): boolean =>
  [it.OIDC_ISSUER, it.OIDC_CLIENT_ID, it.OIDC_CLIENT_SECRET].some((set) => set !== undefined) || it.SIGN_IN_LINK_SECRET === undefined;

export class NotifierConfig extends ServiceConfig {
  /** Where people reach the desk; links in notifications begin with it, and posts from other origins are refused. */
  @IsUrl({ require_tld: false, require_protocol: true }) readonly DESK_URL!: string;
  /** The identity provider where people sign in, as it names itself; there must be one, or a secret for links. */
  @ValidateIf(needsProvider)
  @IsUrl({ require_tld: false, require_protocol: true })
  @Matches(HTTPS_OR_LOOPBACK, { message: 'OIDC_ISSUER must be an https address, but for one on loopback.' })
  readonly OIDC_ISSUER?: string;
  @ValidateIf(hasProvider) @IsString() readonly OIDC_CLIENT_ID?: string;
  @ValidateIf(hasProvider) @IsString() readonly OIDC_CLIENT_SECRET?: string;
  /** What the provider is asked to tell; `openid` is among it. */
  @Matches(/(^| )openid( |$)/) readonly OIDC_SCOPE: string = 'openid profile';
  /** The claim that names a person of the directory, for example `email` or `preferred_username`. */
  @IsString() readonly OIDC_SUBJECT_CLAIM: string = 'sub';
  /** For development and tests alone: whoever has it makes links that sign in as anybody. Without it there are none. */
  @IsOptional() @IsString() @MinLength(32) readonly SIGN_IN_LINK_SECRET?: string;
  /** Signs the links by which the canary's robot signs in; they are good for nobody else. Without it there is no such way in. */
  @IsOptional() @IsString() @MinLength(32) readonly CANARY_SIGN_IN_SECRET?: string;
  @IsInt() @Min(1) @Max(720) readonly SESSION_HOURS: number = 12;
  /** How long the desk's page holds an answer back before it is sent, so that it can be taken back; never for what is critical. */
  @IsInt() @Min(0) @Max(60) readonly ANSWER_HOLD_SECONDS: number = 5;
  @Matches(/^whsec_[A-Za-z0-9+/=]{32,}$/) readonly WEBHOOK_SIGNING_SECRET!: string;
  /** Networks that webhooks may reach although they are not public, comma separated, for example `127.0.0.0/8`. */
  @IsString() readonly WEBHOOK_ALLOWED_NETWORKS: string = '';
  /** `smtp://` or `smtps://`, with user and password where the server wants them. Without it nobody is asked by e-mail. */
  @IsOptional() @Matches(/^smtps?:\/\//) readonly SMTP_URL?: string;
  @IsEmail({ allow_display_name: true, require_tld: false }) readonly EMAIL_FROM: string = 'Handoff <handoff@localhost>';
  /** `xoxb-…`, of the app in the workspace. Without it nobody is asked in Slack. */
  @IsOptional() @Matches(/^xoxb-\S+$/) readonly SLACK_BOT_TOKEN?: string;
  /** Of the same app: signs what Slack sends back. */
  @ValidateIf(({ SLACK_BOT_TOKEN }: NotifierConfig) => SLACK_BOT_TOKEN !== undefined)
  @IsString()
  @MinLength(16)
  readonly SLACK_SIGNING_SECRET?: string;
  @IsUrl({ require_tld: false, require_protocol: true }) readonly SLACK_API_URL: string = 'https://slack.com/api';
  /** The server that topics are on, for example `https://ntfy.sh`. Without it nobody is asked by ntfy. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true }) readonly NTFY_URL?: string;
  @IsOptional() @IsString() @MinLength(1) readonly NTFY_TOKEN?: string;
  /** How long a button is good for. */
  @IsInt() @Min(1) @Max(720) readonly ACTION_TOKEN_HOURS: number = 24;
  /** What one person is sent on one channel about critical handoffs: so many messages in a row, then one each so many seconds. */
  @IsInt() @Min(1) @Max(100) readonly CRITICAL_BURST: number = 5;
  @IsInt() @Min(1) @Max(3600) readonly CRITICAL_EVERY_SECONDS: number = 10;
  /** About normal ones: the first at once, what comes within this time after it together; 0: each by itself. */
  @IsInt() @Min(0) @Max(86_400) readonly NORMAL_EVERY_SECONDS: number = 60;
  /** Paged when routing is silent, when nobody is on duty, and for dead letters on our own topics. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true }) readonly FALLBACK_WEBHOOK_URL?: string;
  /** The shortest time between two pages for dead letters; what dies meanwhile is in the next one. */
  @IsInt() @Min(1) @Max(86_400) readonly DEAD_LETTER_PAGE_SECONDS: number = 600;
  /** How long an ended handoff is on the desk, with all that belongs to it; 0: for good. */
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
  /** How long the audit log says who did what; 0: for good. */
  @IsInt() @Min(0) @Max(36_500) readonly AUDIT_DAYS: number = 400;
  /** Signs exported evidence: an Ed25519 key in PKCS #8, as base64. Without it no evidence is exported. */
  @IsOptional()
  @Matches(/^MC4CAQAwBQYDK2VwBCIEI[\w+/=]{43}$/, { message: 'EVIDENCE_SIGNING_KEY must be an Ed25519 key in PKCS #8, as base64.' })
  readonly EVIDENCE_SIGNING_KEY?: string;
  /** Where the others answer, for what people ask of them at the desk; without, the desk has no door to them. */
  @IsOptional() @IsUrl(SERVICE_URL) readonly ROUTING_URL?: string;
  @IsOptional() @IsUrl(SERVICE_URL) readonly SLA_MONITOR_URL?: string;
  @IsOptional() @IsUrl(SERVICE_URL) readonly INTAKE_URL?: string;
  @IsOptional() @IsUrl(SERVICE_URL) readonly FEEDBACK_URL?: string;
  /** How long the desk waits for an answer of theirs. */
  @IsInt() @Min(1) @Max(60) readonly FORWARD_SECONDS: number = 10;
  /** The built desk; without it the API alone is served. */
  @IsOptional() @IsString() readonly DESK_DIR?: string;
}

export function webhookSettings({ WEBHOOK_SIGNING_SECRET, WEBHOOK_ALLOWED_NETWORKS }: NotifierConfig): WebhookSettings {
  const allowedNetworks = WEBHOOK_ALLOWED_NETWORKS.split(',').map((it) => it.trim());
  return { secret: WEBHOOK_SIGNING_SECRET, allowedNetworks: allowedNetworks.filter((it) => it !== '') };
}
