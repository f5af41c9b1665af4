const WORDS: Readonly<Record<string, string>> = { email: 'E-mail', slack: 'Slack', ntfy: 'ntfy', webhook: 'Webhook', desk: 'The desk' };

/** A channel as people call it; one that this page does not know yet by its own name. */
export const channelWords = (channel: string): string => WORDS[channel] ?? channel;
