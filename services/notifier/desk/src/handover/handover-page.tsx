import { NativeSelect } from '@mantine/core';
import { use, useState, type ReactNode } from 'react';
import { useDirectory } from '../api/use-desk.js';
import { useHandover } from '../api/use-handover.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { MeContext } from '../shell/me-context.js';
import { Subpage } from '../shell/subpage.js';
import { TakeAlong } from './take-along.js';
import { HandoverItem } from './handover-item.js';
import classes from './handover.module.css';

/** At the end of a shift: what is still open, who is on it, what was said of it last, and how much time is left. */
export function HandoverPage(): ReactNode {
  const [team, setTeam] = useState('');
  const handover = useHandover(team);
  const { items } = handover.data ?? {};
  return (
    <Subpage title="Hand-over">
      <div className={classes.controls}>
        <TeamChoice team={team} onTeam={setTeam} />
        {handover.data && <TakeAlong handover={handover.data} />}
      </div>
      <Failure error={handover.error} title="This could not be loaded" />
      {handover.isPending && <Absent>Loading…</Absent>}
      {items && (
        <Section title="Still open" note={items.length}>
          {items.length === 0 && <Absent>Nothing is left to be handed over.</Absent>}
          <ol className={classes.items}>
            {items.map((item) => (
              <HandoverItem key={item.handoff_id} item={item} />
            ))}
          </ol>
        </Section>
      )}
    </Subpage>
  );
}

/** Of other teams than one's own leads and admins see the list. */
function TeamChoice({ team, onTeam }: { readonly team: string; readonly onTeam: (team: string) => void }): ReactNode {
  const me = use(MeContext);
  const teams = useDirectory().data?.teams ?? [];
  return (
    <NativeSelect
      label="Whose"
      value={team}
      onChange={({ currentTarget }) => onTeam(currentTarget.value)}
      data={[
        { value: '', label: 'My teams’ and mine' },
        ...teams.filter(({ id }) => me?.may_lead || me?.teams.includes(id)).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
