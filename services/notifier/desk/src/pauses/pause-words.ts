import type { Control, HandoffControl, PushChannel } from '@handoff/contracts';
import { channelWords } from '../mine/channel-words.js';

/** What can be paused, and what will happen, said before it does. */
export const CONTROL_WORDS: Readonly<Record<Control, { readonly label: string; readonly effect: string }>> = {
  agent: { label: 'Agent', effect: 'Its new handoffs are refused until then; what it has asked already goes on.' },
  team: { label: 'Team', effect: 'Its turn is passed over while anybody else is left to ask; what it has stays with it.' },
  channel: { label: 'Channel', effect: 'What is sent by it waits until then, and the next way to reach people is used at once.' },
};

export const PAUSABLE_CHANNELS: readonly PushChannel[] = ['email', 'slack', 'ntfy', 'webhook'];

/** For `for_seconds`. */
export const PAUSE_LENGTHS = [
  { value: '900', label: '15 minutes' },
  { value: '3600', label: '1 hour' },
  { value: '14400', label: '4 hours' },
  { value: '28800', label: '8 hours' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '1 week' },
];

/** What is paused, as it reads before "is paused". */
export const nameOfPaused = ({ control, name }: Pick<HandoffControl, 'control' | 'name'>): string =>
  `${CONTROL_WORDS[control].label} ${control === 'channel' ? channelWords(name) : name}`;
