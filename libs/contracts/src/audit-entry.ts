import type { HandoffId } from './ids.js';
import type { JsonObject } from './json.js';

/** Who did or saw what, when, from where. */
export interface AuditEntry {
  readonly id: string;
  /** RFC 3339, by the database's clock. */
  readonly at: string;
  readonly subject: string;
  readonly act: string;
  readonly handoff_id: HandoffId | null;
  readonly channel: string | null;
  readonly address: string | null;
  readonly details: JsonObject;
}
