import { assertNever } from '@handoff/contracts';
import type { HandoffCopy } from './handoff-copy.js';
import type { BundleMessage, Button, Message } from './message.js';

/** A message as people read it, whatever the channel: plain text, in our order. */
export interface Words {
  /** Messages with the same one belong together. */
  readonly thread: string;
  readonly isUrgent: boolean;
  /** One line. */
  readonly subject: string;
  /** What is different from the copy that was sent before; null in a first one. */
  readonly news: string | null;
  readonly facts: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
  readonly buttons: readonly Button[];
  readonly link: string;
}

const SUBJECT_LENGTH = 120;

export function wordsOf(message: Message): Words {
  switch (message.kind) {
    case 'ask':
      return { ...askWords(message.copy), buttons: message.buttons };
    case 'closed':
      return {
        ...QUIET,
        thread: message.handoffId,
        subject: subjectOf(message.urgency, message.title),
        news: message.ending,
        link: message.link,
      };
    case 'bundle':
      return bundleWords(message);
    case 'notice':
      return { ...QUIET, thread: 'notice', subject: oneLine(message.subject), facts: [message.text], link: message.link };
    default:
      return assertNever(message);
  }
}

const QUIET = { isUrgent: false, news: null, facts: [], sections: [], buttons: [] } as const;

function askWords(copy: HandoffCopy): Omit<Words, 'buttons'> {
  return {
    thread: copy.handoffId,
    isUrgent: copy.slaClass === 'critical',
    subject: subjectOf(copy.urgency, copy.title),
    news: copy.news,
    facts: [
      `${copy.agent} asks about task ${copy.taskId}.`,
      copy.decideBy ? `Decide by ${copy.decideBy} (${copy.level}). ${copy.why}` : copy.why,
      ...copy.before.map((earlier) => `Before: ${earlier}`),
    ],
    sections: [
      { heading: 'What was asked for', text: copy.request },
      { heading: 'Why the agent stopped', text: copy.reason },
      { heading: 'What it recommends', text: copy.recommendation },
      { heading: 'What was done', text: copy.steps.length > 0 ? copy.steps.map((step) => `- ${step}`).join('\n') : '- nothing is listed' },
    ],
    link: copy.link,
  };
}

function bundleWords({ bundleId, slaClass, waiting, count, first, link }: BundleMessage): Words {
  const lines = first.map(({ title, urgency, decideBy }) => `- [${urgency}] ${title}${decideBy ? `, by ${decideBy}` : ''}`);
  const more = waiting > first.length ? [`- and ${waiting - first.length} more`] : [];
  return {
    ...QUIET,
    thread: bundleId,
    isUrgent: slaClass === 'critical' && waiting > 0,
    subject: waiting === 0 ? `Nothing waits of ${count} handoffs` : `${waiting} handoffs wait for you`,
    news: waiting < count ? `${count - waiting} of ${count} have ended.` : null,
    sections: waiting === 0 ? [] : [{ heading: 'The most urgent', text: [...lines, ...more].join('\n') }],
    link,
  };
}

const subjectOf = (urgency: string, title: string): string => oneLine(`[${urgency}] ${title}`);

/** A subject is a header: nothing in it may begin another one. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, SUBJECT_LENGTH);
