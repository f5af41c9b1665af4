import type { HandoffCopy } from './handoff-copy.js';

const SUBJECT_LENGTH = 120;

/** A subject of one line, and a body that says enough to know whether to get up. */
export function emailText(copy: HandoffCopy): { readonly subject: string; readonly text: string } {
  const subject = `[${copy.urgency}] ${copy.title}`.replace(/\s+/g, ' ').slice(0, SUBJECT_LENGTH);
  const lines = [
    `${copy.agent} asks about task ${copy.taskId}.`,
    copy.decideBy ? `Decide by ${copy.decideBy} (${copy.level}). ${copy.why}` : copy.why,
    ...copy.before.map((earlier) => `Before: ${earlier}`),
    '',
    'What was asked for',
    copy.request,
    '',
    'Why the agent stopped',
    copy.reason,
    '',
    'What it recommends',
    copy.recommendation,
    '',
    'What was done',
    ...(copy.steps.length > 0 ? copy.steps.map((step) => `- ${step}`) : ['- nothing is listed']),
    '',
    'Decide here:',
    copy.link,
  ];
  return { subject, text: lines.join('\n') };
}
