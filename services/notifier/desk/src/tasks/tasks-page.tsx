import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import { useQueue } from '../api/use-desk.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { routeToPage } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { byStage, type Stage } from './stage-of.js';
import { TaskLine } from './task-line.js';
import classes from './tasks.module.css';

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  asks: 'Its agent asks',
  escalated: 'Waits for an escalation',
  delivered: 'Delivered, to be reviewed',
  nobody: 'No agent has it',
  sent_back: 'Sent back, worked on again',
  working: 'Worked on',
  offered: 'Offered',
};

/** What people gave to agents and is not ended, by how far it has come. */
export function TasksPage(): ReactNode {
  const withAgents = useQueue('with_agent');
  const open = useQueue('open');
  const tasks: readonly DeskSummary[] = [...(withAgents.data?.items ?? []), ...(open.data?.items ?? []).filter(isTask)];
  return (
    <Subpage title="Tasks of agents">
      <Group>
        <Button component="a" href={routeToPage('delegate')}>
          Give an agent a task
        </Button>
      </Group>
      <Failure error={withAgents.error ?? open.error} title="This could not be loaded" />
      {withAgents.isPending && <Absent>Loading…</Absent>}
      {withAgents.data && tasks.length === 0 && <Absent>No agent has a task. What you give to one is here until it has ended.</Absent>}
      {byStage(tasks).map(([stage, found]) => (
        <Section key={stage} title={STAGE_WORDS[stage]} note={found.length}>
          <ul className={classes.tasks}>
            {found.map((task) => (
              <TaskLine key={task.handoff_id} task={task} />
            ))}
          </ul>
        </Section>
      ))}
    </Subpage>
  );
}

const isTask = ({ kind }: DeskSummary): boolean => kind !== 'escalation';
