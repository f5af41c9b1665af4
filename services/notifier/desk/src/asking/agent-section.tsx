import type { AgentsAsking, HandoffId } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { useDigest } from '../api/use-asking.js';
import { Absent, Fact, Facts, Section } from '../handoff/section.js';
import { DataTable } from '../shell/data-table.js';
import { Failure } from '../shell/failure.js';
import { routeTo } from '../shell/read-route.js';
import { percentOf } from '../sla/sla-rows.js';
import { PacketLine } from '../text/packet-text.js';
import { newestOf, rateText, reasonText } from './asking-words.js';
import classes from './asking.module.css';

const MOST_LINKS = 10;

/** One agent: its weeks, why it asks, and the handoffs behind the newest figures. */
export function AgentSection({ agent }: { readonly agent: AgentsAsking }): ReactNode {
  const { agent_id: id, weeks, reasons } = agent;
  const most = Math.max(1, ...reasons.map(({ asked }) => asked));
  return (
    <Section title="Week by week" note={<PacketLine text={id} />}>
      <Weeks weeks={weeks} />
      <h4 className={classes.title}>What it asks for</h4>
      {reasons.length === 0 && <Absent>It has asked for nothing in this time.</Absent>}
      <ul className={classes.reasons}>
        {reasons.map(({ reason_code, asked }) => (
          <li key={reason_code}>
            {reasonText(reason_code)} <span className={classes.count}>{asked.toLocaleString('en')}</span>
            <span className={classes.bar} aria-hidden="true">
              <span style={{ width: `${(asked / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      <Behind agent={agent} week={newestOf(agent)?.week ?? ''} />
    </Section>
  );
}

function Weeks({ weeks }: Pick<AgentsAsking, 'weeks'>): ReactNode {
  const titles = ['Week', 'Asked', 'In vain', 'Done alone', 'Looked at', 'Should have asked'];
  return (
    <DataTable className={classes.table} caption="Both kinds of error by week" titles={titles}>
      {weeks.map(({ week, asked, unnecessary, alone, audited, missed }) => (
        <tr key={week} role="row">
          <th role="rowheader" scope="row">
            {week}
          </th>
          {[asked, percentOf(unnecessary), alone, audited, rateText(missed)].map((shown, at) => (
            <td key={titles[at + 1]} role="cell" data-title={titles[at + 1]}>
              {shown.toLocaleString('en')}
            </td>
          ))}
        </tr>
      ))}
    </DataTable>
  );
}

function Behind({ agent: { agent_id }, week }: { readonly agent: AgentsAsking; readonly week: string }): ReactNode {
  const { data: digest, error } = useDigest(agent_id, week);
  return (
    <>
      <h4 className={classes.title}>Behind the figures of {week}</h4>
      <Failure error={error} title="This could not be loaded" />
      {digest && (
        <Facts>
          <Fact name="Asked in vain">
            <Links ids={digest.precision.unnecessary} />
          </Fact>
          <Fact name="Should have asked">
            <Links ids={digest.missed_escalations.missed} />
          </Fact>
          <Fact name="Followed">{percentOf(digest.acceptance.rate)} of what it recommended</Fact>
          <Fact name="Changed by edits">{percentOf(digest.edit_distance.mean)}</Fact>
        </Facts>
      )}
    </>
  );
}

function Links({ ids }: { readonly ids: readonly HandoffId[] }): ReactNode {
  if (ids.length === 0) return 'none';
  return (
    <span className={classes.links}>
      {ids.slice(0, MOST_LINKS).map((id) => (
        <a key={id} href={routeTo(id)}>
          {id.slice(-8)}
        </a>
      ))}
      {ids.length > MOST_LINKS && <span>and {ids.length - MOST_LINKS} more</span>}
    </span>
  );
}
