import type { PersonId, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { Preferences } from '../domain/reach.js';

export async function keepPreferences(db: EntityManager, tenant: TenantId, subject: PersonId, preferences: Preferences): Promise<void> {
  await rows(
    db,
    `INSERT INTO preferences (tenant, subject, preferences, changed_at) VALUES ($1, $2, $3, handoff_now())
     ON CONFLICT (tenant, subject) DO UPDATE SET preferences = excluded.preferences, changed_at = excluded.changed_at`,
    [tenant, subject, JSON.stringify(preferences)],
  );
}
