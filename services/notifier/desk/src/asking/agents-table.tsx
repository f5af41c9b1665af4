import type { AgentsAsking } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { DataTable } from '../shell/data-table.js';
import { routeToPage } from '../shell/read-route.js';
import { percentOf } from '../sla/sla-rows.js';
import { PacketLine } from '../text/packet-text.js';
import { newestOf, rateText, reasonText } from './asking-words.js';
import classes from './asking.module.css';
import { RateLine } from './rate-line.js';

const TITLES = ['Agent', 'Asked in vain', 'Should have asked', 'Asks most for'];

/** Both kinds of error of each agent. */
export function AgentsTable({ agents }: { readonly agents: readonly AgentsAsking[] }): ReactNode {
  return (
    <DataTable className={classes.table} caption="Each agent’s two kinds of error" titles={TITLES}>
      {agents.map((agent) => (
        <AgentRow key={agent.agent_id} agent={agent} />
      ))}
    </DataTable>
  );
}

function AgentRow({ agent }: { readonly agent: AgentsAsking }): ReactNode {
  const { agent_id: id, weeks, reasons } = agent;
  const newest = newestOf(agent);
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <a href={routeToPage('asking', new URLSearchParams({ agent: id }))}>
          <PacketLine text={id} />
        </a>
      </th>
      <td role="cell" data-title="Asked in vain">
        <RateLine rates={weeks.map(({ unnecessary }) => unnecessary)} />
        <strong>{percentOf(newest?.unnecessary ?? null)}</strong> <Count>of {newest?.asked ?? 0} asked</Count>
      </td>
      <td role="cell" data-title="Should have asked">
        <RateLine rates={weeks.map(({ missed }) => missed?.rate ?? null)} />
        <strong>{rateText(newest?.missed ?? null)}</strong> <Count>of {newest?.alone ?? 0} done alone</Count>
      </td>
      <td role="cell" data-title="Asks most for">
        {reasons
          .slice(0, 3)
          .map(({ reason_code, asked }) => `${reasonText(reason_code)} (${asked.toLocaleString('en')})`)
          .join(', ') || '–'}
      </td>
    </tr>
  );
}

const Count = ({ children }: { readonly children: ReactNode }): ReactNode => <span className={classes.count}>{children}</span>;
