import type { DeskSummary } from '../api/desk-types.js';
import { REASON_WORDS } from '../handoff/handoff-words.js';

export type QueueFilter = 'mine' | 'all' | 'ended';

/** What the chosen list shows, in the server's order. Every word of the search must be somewhere in what is known of an item. */
export function filterQueue(items: readonly DeskSummary[], filter: QueueFilter, search: string): readonly DeskSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => (filter !== 'mine' || item.may_decide) && words.every((word) => haystack(item).includes(word)));
}

function haystack(item: DeskSummary): string {
  const { title, agent_id, task_id, handoff_id, action_name, reason_code, team, urgency, asked, level } = item;
  const said = [title, agent_id, task_id, handoff_id, action_name, reason_code, REASON_WORDS[reason_code], team, urgency, level?.name];
  return [...said, ...asked].join('\n').toLowerCase();
}
