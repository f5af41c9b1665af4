import type { HandoffId } from '@handoff/contracts';
import { useDocumentTitle } from '@mantine/hooks';
import { useRef, useState, type ComponentType, type ReactNode } from 'react';
import type { Me } from '../api/desk-types.js';
import { useQueue } from '../api/use-desk.js';
import { useEvents } from '../api/use-events.js';
import { AuditPage } from '../audit/audit-page.js';
import { AskingPage, DelegatePage, DutyPage, PolicyPage, SlaPage } from './lazy-pages.js';
import { HandoverPage } from '../handover/handover-page.js';
import { HeldBar } from '../hold/held-bar.js';
import { HandoffPane } from '../handoff/handoff-pane.js';
import { MinePage } from '../mine/mine-page.js';
import { PausesBar } from '../pauses/pauses-bar.js';
import { PausesPage } from '../pauses/pauses-page.js';
import { KeysDialog } from '../keys/keys-dialog.js';
import { useKeys } from '../keys/use-keys.js';
import { chooseAfter, chooseNeighbour } from '../queue/choose-neighbour.js';
import { countTabs, countTeams, EVERYTHING_OF_MINE, filterQueue } from '../queue/filter-queue.js';
import { orderQueue } from '../queue/order-queue.js';
import { QueuePane } from '../queue/queue-pane.js';
import { TasksPage } from '../tasks/tasks-page.js';
import { ServerClock } from '../time/server-clock.js';
import { Announcer } from './announcer.js';
import classes from './desk.module.css';
import { DeskHeader } from './desk-header.js';
import { PageBoundary } from './page-boundary.js';
import type { DeskSubpage } from './read-route.js';
import { openHandoff, usePage, useRoute } from './use-route.js';

const NONE = [] as const;

const SUBPAGES: Readonly<Record<DeskSubpage, ComponentType>> = {
  mine: MinePage,
  tasks: TasksPage,
  delegate: DelegatePage,
  handover: HandoverPage,
  duty: DutyPage,
  policy: PolicyPage,
  sla: SlaPage,
  asking: AskingPage,
  pauses: PausesPage,
  audit: AuditPage,
};

/** The whole desk: what waits on one side, the opened handoff on the other; on a phone one at a time. */
export function Desk({ me }: { readonly me: Me }): ReactNode {
  const connection = useEvents();
  const opened = useRoute();
  const page = usePage();
  const Subpage = page && SUBPAGES[page];
  const [filter, setFilter] = useState(EVERYTHING_OF_MINE);
  const [showsKeys, setShowsKeys] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);

  const open = useQueue('open');
  const ended = useQueue('ended', filter.tab === 'ended');
  const held = useQueue('held', filter.tab === 'held');
  const queue = filter.tab === 'ended' ? ended : filter.tab === 'held' ? held : open;
  const waiting = orderQueue(open.data?.items ?? NONE);
  const mine = filterQueue(waiting, EVERYTHING_OF_MINE, me);
  const items = queue === open ? waiting : (queue.data?.items ?? NONE);
  const shown = filterQueue(items, filter, me);
  const ids = shown.map((item) => item.handoff_id);

  const move = (step: 1 | -1) => focusRow(chooseNeighbour(ids, focusedRow() ?? opened, step));
  useKeys({
    next: () => move(1),
    previous: () => move(-1),
    back: () => {
      if (document.activeElement === searchField.current) return setFilter({ ...filter, search: '' });
      return opened ? close(opened) : false;
    },
    help: () => setShowsKeys(true),
    search: () => searchField.current?.focus(),
  });
  useDocumentTitle(open.isSuccess ? `(${mine.length}) Handoff desk` : 'Handoff desk');

  return (
    <ServerClock value={(queue.data ?? open.data)?.clockOffset ?? 0}>
      <div className={classes.desk} data-opened={opened !== null}>
        <DeskHeader me={me} connection={connection} onShowKeys={() => setShowsKeys(true)} />
        {page !== 'pauses' && <PausesBar />}
        {Subpage && (
          <PageBoundary key={page}>
            <Subpage />
          </PageBoundary>
        )}
        <main className={classes.panes} hidden={page !== null}>
          <QueuePane
            query={queue}
            shown={shown}
            opened={opened}
            filter={filter}
            onFilter={setFilter}
            searchField={searchField}
            counts={open.data ? { ...countTabs(waiting, me), all: open.data.counts.all, held: open.data.counts.held } : null}
            teams={countTeams(items)}
          />
          <HandoffPane id={opened} onBack={close} onDecided={(id) => openHandoff(chooseAfter(ids, id))} />
        </main>
        <HeldBar />
      </div>
      <Announcer waiting={open.data ? mine : null} connection={connection} />
      <KeysDialog opened={showsKeys} onClose={() => setShowsKeys(false)} />
    </ServerClock>
  );
}

const rowOf = (id: HandoffId) => document.querySelector<HTMLElement>(`[data-queue-row="${id}"]`);
const focusRow = (id: HandoffId | null) => (id ? rowOf(id)?.focus() : undefined);
const focusedRow = () => (document.activeElement?.getAttribute('data-queue-row') ?? null) as HandoffId | null; // written by the row

function close(id: HandoffId): void {
  openHandoff(null);
  requestAnimationFrame(() => focusRow(id)); // on a phone the queue is hidden until the next frame
}
