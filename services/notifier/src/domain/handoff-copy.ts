import {
  MASK,
  replaceAt,
  valueAt,
  type HandoffId,
  type HandoffRouted,
  type Json,
  type JsonObject,
  type Packet,
  type SlaClass,
  type Urgency,
} from '@handoff/contracts';
import type { Accepted } from './desk-item.js';

/** What a channel's copy of a handoff says. Channels shorten it to their limits and say so; the link leads to the whole. */
export interface HandoffCopy {
  readonly handoffId: HandoffId;
  /** `answered`: the agent has replied to this person's question, or there is other news of its work. */
  readonly kind: 'asked' | 'answered' | 'unrouted' | 'unattended';
  readonly packetVersion: number;
  /** In a copy that takes an earlier one's place: what is new. */
  readonly news: string | null;
  readonly urgency: Urgency;
  /** Null before routing has said. */
  readonly slaClass: SlaClass | null;
  readonly title: string;
  readonly request: string;
  readonly reason: string;
  readonly recommendation: string;
  readonly steps: readonly string[];
  readonly agent: string;
  readonly taskId: string;
  readonly level: string;
  readonly decideBy: string | null;
  readonly why: string;
  /** Who had it before, and why it moved on. */
  readonly before: readonly string[];
  readonly link: string;
}

const SHORT = 2000;
const MOST_STEPS = 20;

export function handoffCopy(
  kind: HandoffCopy['kind'],
  handoffId: HandoffId,
  accepted: Accepted,
  packet: Packet,
  routed: HandoffRouted | null,
  deskUrl: string,
  news: string | null = null,
): HandoffCopy {
  const { code, text } = packet.reason_for_escalation;
  return {
    handoffId,
    kind,
    packetVersion: accepted.packetVersion,
    news,
    urgency: accepted.urgency,
    slaClass: routed?.sla.class ?? null,
    title: visible(accepted.title),
    request: shorten(visible(packet.original_request)),
    reason: shorten(visible(text === '' ? code : `${code}: ${text}`)),
    recommendation: shorten(visible(recommendationText(packet, accepted.masked))),
    steps: packet.steps_completed
      .slice(-MOST_STEPS)
      .map(({ action, status, summary }) => shorten(visible(`${action} (${status})${summary ? `: ${summary}` : ''}`), 300)),
    agent: visible(accepted.agentId),
    taskId: visible(accepted.taskId),
    level: routed ? `${routed.level.name} (${routed.level.number} of ${routed.level.of})` : 'nobody was asked yet',
    decideBy: routed?.decide_by ?? null,
    why: routed?.why ?? 'Routing has not said whom to ask.',
    before: (routed?.before ?? []).map(({ level, asked, moved_because }) => `level ${level}, ${asked.join(', ')}: ${moved_because}`),
    link: linkTo(deskUrl, handoffId),
  };
}

export const linkTo = (deskUrl: string, handoffId: HandoffId): string => `${deskUrl}/#/handoffs/${handoffId}`;

/** Where a person chooses how she is reached. */
export const linkToMine = (deskUrl: string): string => `${deskUrl}/#/mine`;

function recommendationText({ recommended_action: { kind, name, args, rationale } }: Packet, masked: readonly string[]): string {
  if (kind === 'none') return 'nothing';
  const what = kind === 'text' ? String(args['text'] ?? '') : `${name}(${JSON.stringify(withMasks(args, masked))})`;
  return rationale === '' ? what : `${what}; because ${rationale}`;
}

const ARGS = '/recommended_action/args';

/** A number that was a secret is 0 here, and is not to be read as one. */
function withMasks(args: JsonObject, masked: readonly string[]): Json {
  return masked.reduce<Json>((shown, pointer) => {
    const inside = pointer.slice(ARGS.length);
    return pointer.startsWith(`${ARGS}/`) && typeof valueAt(args, inside) !== 'string' ? replaceAt(shown, inside, MASK) : shown;
  }, args);
}

function shorten(text: string, limit = SHORT): string {
  return text.length > limit ? `${text.slice(0, limit)}… (shortened; the link shows all)` : text;
}

/** Packet text is hostile: what would reorder, hide or break lines is shown as its code point. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g,
    (char) => `[U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
