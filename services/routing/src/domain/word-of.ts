import type { HandoffAssignment } from '@handoff/contracts';

/** What an agent hears once: that an offer is made, confirmed, lapsed or cancelled, and that each delivery came back. */
export function wordOf({ offer_id, event, packet_version: version }: HandoffAssignment): string {
  return `${offer_id ?? ''} ${event}${event === 'changes_requested' ? ` ${version}` : ''}`;
}
