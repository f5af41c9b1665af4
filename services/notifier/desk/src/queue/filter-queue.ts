import type { PersonId, TeamId, Urgency } from '@handoff/contracts';
import type { DeskSummary } from '../api/desk-types.js';
import { REASON_WORDS } from '../handoff/handoff-words.js';

export const QUEUE_TABS = ['mine', 'team', 'all', 'held', 'ended'] as const;
export type QueueTab = (typeof QUEUE_TABS)[number];

export interface QueueFilter {
  readonly tab: QueueTab;
  /** Empty: whichever. */
  readonly team: string;
  readonly urgency: Urgency | '';
  readonly search: string;
}

export const EVERYTHING_OF_MINE: QueueFilter = { tab: 'mine', team: '', urgency: '', search: '' };

interface Viewer {
  readonly subject: PersonId;
  readonly teams: readonly TeamId[];
}

/** What the chosen list shows, in the order that it came in. Every word of the search must be somewhere in what is known of an item. */
export function filterQueue(items: readonly DeskSummary[], filter: QueueFilter, viewer: Viewer): readonly DeskSummary[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(
    (item) =>
      belongsTo(item, filter.tab, viewer) &&
      (filter.team === '' || item.team === filter.team) &&
      (filter.urgency === '' || item.urgency === filter.urgency) &&
      words.every((word) => haystack(item).includes(word)),
  );
}

/** Mine is what I may answer and nobody else is on; my teams' is all that was asked of them. What is put off is among all alone. */
function belongsTo(item: DeskSummary, tab: QueueTab, { subject, teams }: Viewer): boolean {
  if (tab === 'mine') return item.may_decide && item.deferred_until === null && (item.acknowledged_by ?? subject) === subject;
  if (tab === 'team') return item.deferred_until === null && (item.may_decide || teams.some((team) => team === item.team));
  return true;
}

export type TabCounts = Readonly<Record<'mine' | 'team' | 'all', number>>;

export function countTabs(open: readonly DeskSummary[], viewer: Viewer): TabCounts {
  const count = (tab: QueueTab) => open.filter((item) => belongsTo(item, tab, viewer)).length;
  return { mine: count('mine'), team: count('team'), all: open.length };
}

/** How many wait for each team, by its name. */
export function countTeams(items: readonly DeskSummary[]): readonly (readonly [team: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { team } of items) if (team) counts.set(team, (counts.get(team) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a.localeCompare(b));
}

function haystack(item: DeskSummary): string {
  const { title, agent_id, task_id, handoff_id, action_name, reason_code, team, urgency, asked, level } = item;
  const said = [title, agent_id, task_id, handoff_id, action_name, reason_code, REASON_WORDS[reason_code], team, urgency, level?.name];
  return [...said, ...asked].join('\n').toLowerCase();
}
