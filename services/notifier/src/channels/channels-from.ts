import { webhookSettings, type NotifierConfig } from '../notifier.config.js';
import type { NotificationChannel } from './channel.js';
import { Channels } from './channels.js';
import { EmailChannel } from './email.channel.js';
import { NtfyChannel } from './ntfy.channel.js';
import { SlackChannel } from './slack.channel.js';
import { WebhookChannel } from './webhook.channel.js';

/** Those that the settings name; webhooks need nothing but the secret that every installation has. */
export function channelsFrom(config: NotifierConfig): Channels {
  const {
    DESK_URL: deskUrl,
    SMTP_URL: smtpUrl,
    NTFY_URL: ntfyUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = config;
  const chosen: readonly (NotificationChannel | false | undefined)[] = [
    new WebhookChannel(webhookSettings(config)),
    smtpUrl !== undefined && new EmailChannel({ smtpUrl, from: config.EMAIL_FROM, deskUrl }),
    ntfyUrl !== undefined && new NtfyChannel({ url: ntfyUrl, token: config.NTFY_TOKEN, deskUrl }),
    botToken !== undefined && signingSecret !== undefined && new SlackChannel({ apiUrl: config.SLACK_API_URL, botToken, signingSecret }),
  ];
  return new Channels(chosen.filter((it) => it !== false && it !== undefined));
}
