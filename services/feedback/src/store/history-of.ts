import type { HistoryLine } from '@handoff/contracts';
import type { ReadHistory } from '@handoff/runtime';
import { rows } from '@handoff/store';

interface LabelRow {
  readonly revision: number;
  readonly verdict: string;
  readonly source: string;
  readonly followed: string;
  readonly note: string;
  readonly labelled_at: Date;
}

/** What the agent heard back, each revision of it. */
export const historyOf: ReadHistory = async (db, { tenant, handoffId }) => {
  const labels = await rows<LabelRow>(
    db,
    `SELECT l.revision, l.escalation ->> 'verdict' AS verdict, l.escalation ->> 'source' AS source,
            l.recommendation ->> 'verdict' AS followed, l.note, l.labelled_at
     FROM labels l JOIN examples e USING (handoff_id) WHERE l.handoff_id = $1 AND e.tenant = $2 ORDER BY l.revision LIMIT 50`,
    [handoffId, tenant],
  );
  return labels.map(tell);
};

const tell = ({ revision, verdict, source, followed, note, labelled_at }: LabelRow): HistoryLine => ({
  at: labelled_at.toISOString(),
  event: 'feedback',
  text: `The agent hears${revision > 1 ? ` (revision ${revision})` : ''}: asking was ${verdict} (by ${source}), the recommendation ${followed}. ${note}`,
  who: null,
  trace_id: null,
});
