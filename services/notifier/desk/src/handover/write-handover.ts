import type { Handover, HandoverItem } from '../api/desk-types.js';
import { URGENCY_WORDS } from '../handoff/handoff-words.js';
import { routeTo } from '../shell/read-route.js';
import { showHidden } from '../text/split-hidden.js';
import { formatInstant } from '../time/format-instant.js';
import { formatTimeLeft } from '../time/format-time-left.js';

/** The list as plain text. Words of packets and people stay within their lines, with what is hidden in them made visible. */
export function writeHandover({ now, teams, items }: Handover, origin: string): string {
  const head = `Hand-over${teams.length > 0 ? ` of ${teams.join(', ')}` : ''}, ${formatInstant(now)}: ${items.length} still open`;
  return `${[head, ...items.map((item, at) => writeItem(item, at + 1, Date.parse(now), origin))].join('\n\n')}\n`;
}

function writeItem(item: HandoverItem, number: number, now: number, origin: string): string {
  const { decide_by, urgency, agent_id, task_id, handoff_id, title, last_comments } = item;
  return [
    `${number}. ${line(title.trim() || task_id)}`,
    `   ${decide_by && item.state === 'open' ? `${formatTimeLeft(Date.parse(decide_by), now).spoken}, ` : ''}${URGENCY_WORDS[urgency].toLowerCase()} urgency, by ${line(agent_id)}`,
    `   ${whoIsOnIt(item)}`,
    ...last_comments.map(({ by, at, text }) => `   ${line(by)}, ${formatInstant(at)}: ${line(text)}`),
    `   ${origin}/${routeTo(handoff_id)}`,
  ].join('\n');
}

function whoIsOnIt({ holder, acknowledged_by, acknowledged_at, team }: HandoverItem): string {
  if (holder) return `Taken over by ${line(holder)}, and not done yet`;
  if (acknowledged_by) return `On it: ${line(acknowledged_by)}${acknowledged_at ? `, since ${formatInstant(acknowledged_at)}` : ''}`;
  return `Nobody is on it${team ? `; asked of ${line(team)}` : ''}`;
}

const line = (text: string): string => showHidden(text.replaceAll(/\s+/g, ' ').trim());
