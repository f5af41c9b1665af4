import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { IsEmail, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';

export class NotifierConfig extends ServiceConfig {
  /** Where people reach the desk; links in notifications begin with it, and posts from other origins are refused. */
  @IsUrl({ require_tld: false, require_protocol: true }) readonly DESK_URL!: string;
  /** Signs sign-in links. */
  @IsString() @MinLength(32) readonly SESSION_SECRET!: string;
  @IsInt() @Min(1) @Max(720) readonly SESSION_HOURS: number = 12;
  @Matches(/^whsec_[A-Za-z0-9+/=]{32,}$/) readonly WEBHOOK_SIGNING_SECRET!: string;
  /** Networks that webhooks may reach although they are not public, comma separated, for example `127.0.0.0/8`. */
  @IsString() readonly WEBHOOK_ALLOWED_NETWORKS: string = '';
  /** `smtp://` or `smtps://`, with user and password where the server wants them. Without it nobody is asked by e-mail. */
  @IsOptional() @Matches(/^smtps?:\/\//) readonly SMTP_URL?: string;
  @IsEmail({ allow_display_name: true, require_tld: false }) readonly EMAIL_FROM: string = 'Handoff <handoff@localhost>';
  /** Paged when routing is silent, when nobody is on duty, and for dead letters on our own topics. */
  @IsOptional() @IsUrl({ require_tld: false, require_protocol: true }) readonly FALLBACK_WEBHOOK_URL?: string;
  /** The shortest time between two pages for dead letters; what dies meanwhile is in the next one. */
  @IsInt() @Min(1) @Max(86_400) readonly DEAD_LETTER_PAGE_SECONDS: number = 600;
  /** How long an ended handoff is on the desk, with all that belongs to it; 0: for good. */
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
  /** How long the audit log says who did what; 0: for good. */
  @IsInt() @Min(0) @Max(36_500) readonly AUDIT_DAYS: number = 400;
  /** The built desk; without it the API alone is served. */
  @IsOptional() @IsString() readonly DESK_DIR?: string;
}
