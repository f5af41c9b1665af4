import { URGENCY_WORDS } from '../handoff/handoff-words.js';
import { RANGES, type SlaKey } from './sla-question.js';

export const KEY_WORDS: Readonly<Record<SlaKey, string>> = {
  urgency: 'Urgency',
  team: 'Team',
  level: 'Level',
  agent: 'Agent',
  week: 'Week',
};

const DAY_WORDS: Readonly<Record<(typeof RANGES)[number], string>> = {
  '7': 'The last 7 days',
  '28': 'The last 4 weeks',
  '91': 'The last 13 weeks',
  '365': 'The last year',
};
export const RANGE_CHOICES = [...RANGES.map((value) => ({ value, label: DAY_WORDS[value] })), { value: '', label: 'Days of my own' }];

/** A key's value as people read it. */
export function keyText(key: SlaKey, value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return 'none';
  return key === 'urgency' ? ((URGENCY_WORDS as Readonly<Record<string, string>>)[value] ?? String(value)) : String(value);
}
