import type { ReactNode } from 'react';
import { useAsking, useModels } from '../api/use-asking.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { queryIn } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { useHash } from '../shell/use-route.js';
import { AgentSection } from './agent-section.js';
import { AgentsTable } from './agents-table.js';
import { ModelsSection } from './models-section.js';

/** Whether agents ask when they should, and only then; for leads. */
export function AskingPage(): ReactNode {
  const named = queryIn(useHash()).get('agent');
  const { data: asking, error, isPending } = useAsking();
  const models = useModels();
  const agent = asking?.agents.find(({ agent_id }) => agent_id === named) ?? asking?.agents[0];
  return (
    <Subpage title="Asking">
      <Failure error={error} title="This could not be loaded" />
      {isPending && <Absent>Loading…</Absent>}
      {asking && (
        <Section title="Agents" note={`the last ${asking.weeks.length} weeks`}>
          {asking.agents.length === 0 ? (
            <Absent>No agent has asked, or told how a task ended.</Absent>
          ) : (
            <AgentsTable agents={asking.agents} />
          )}
        </Section>
      )}
      {agent && <AgentSection agent={agent} />}
      <Failure error={models.error} title="The models could not be loaded" />
      {models.data && <ModelsSection models={models.data} />}
    </Subpage>
  );
}
