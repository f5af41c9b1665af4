import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import type { Urgency } from '@handoff/contracts';
import { notifications } from '@mantine/notifications';
import { useState, type ReactNode } from 'react';
import type { DeskDetail, MoveRequest } from '../api/desk-types.js';
import { useMove } from '../api/use-answers.js';
import { useDirectory } from '../api/use-desk.js';
import { URGENCY_WORDS } from '../handoff/handoff-words.js';
import { Dialog } from '../shell/dialog.js';
import { faultAt, FormFailure } from '../shell/failure.js';
import { useServerNow } from '../time/server-clock.js';
import { PacketText } from '../text/packet-text.js';
import { ChangesFields } from './changes-fields.js';
import { deferOptions } from './defer-options.js';
import { MOVE_WORDS, VERDICT_WORDS, type AskingMove } from './move-words.js';

const MOST_CHARACTERS = 500;

interface MoveDialogProps {
  readonly detail: DeskDetail;
  readonly move: AskingMove;
  readonly onClose: () => void;
}

/** Says what a move will do, takes what it needs, and makes it by one press. */
export function MoveDialog({ detail, move, onClose }: MoveDialogProps): ReactNode {
  const words = MOVE_WORDS[move];
  const [request, setRequest] = useState<MoveRequest>({ move });
  const make = useMove(detail.handoff_id);
  const faultOf = (path: string) => faultAt(make.error, path);
  const onSuccess = () => {
    notifications.show({ message: `${words.label}: recorded.`, autoClose: 4000, closeButtonProps: { 'aria-label': 'Dismiss' } });
    onClose();
  };
  return (
    <Dialog title={words.label} onClose={onClose}>
      <Stack gap="sm">
        <p>{words.effect}</p>
        <Details detail={detail} request={request} onRequest={setRequest} faultOf={faultOf} />
        <Textarea
          data-autofocus
          label={words.noteRequired ? words.note : `${words.note} (optional)`}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={MOST_CHARACTERS}
          value={request.note ?? ''}
          error={faultOf('note')}
          onChange={({ currentTarget }) => setRequest({ ...request, note: currentTarget.value })}
        />
        <FormFailure error={make.error} />
        <Group>
          <Button loading={make.isPending} onClick={() => make.mutate(request, { onSuccess })}>
            {words.confirm}
          </Button>
          <Button variant="default" disabled={make.isPending} onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface DetailsProps {
  readonly detail: DeskDetail;
  readonly request: MoveRequest;
  readonly onRequest: (request: MoveRequest) => void;
  readonly faultOf: (path: string) => ReactNode;
}

/** What a move needs besides words. */
function Details({ detail, request, onRequest, faultOf }: DetailsProps): ReactNode {
  const now = useServerNow();
  const [openedAt] = useState(now); // choices stay while they are looked at
  switch (request.move) {
    case 'reassign':
      return <Assignee request={request} onRequest={onRequest} faultOf={faultOf} />;
    case 'request_changes':
      return <ChangesFields detail={detail} request={request} onRequest={onRequest} />;
    case 'answer':
      return detail.asks[0] ? <PacketText text={detail.asks[0].text} of="the agent’s question" /> : null;
    case 'defer':
      return (
        <NativeSelect
          label="Until"
          value={request.until ?? ''}
          error={faultOf('until')}
          data={[{ value: '', label: 'Choose' }, ...deferOptions(openedAt, detail.decide_by)]}
          onChange={({ currentTarget }) => onRequest({ ...request, until: currentTarget.value || null })}
        />
      );
    case 'set_urgency':
      return (
        <NativeSelect
          label="Urgency"
          value={request.urgency ?? ''}
          error={faultOf('urgency')}
          data={[{ value: '', label: 'Choose' }, ...Object.entries(URGENCY_WORDS).map(([value, label]) => ({ value, label }))]}
          onChange={({ currentTarget }) => onRequest({ ...request, urgency: (currentTarget.value || null) as Urgency | null })} // one of the values just above
        />
      );
    case 'rate':
      return (
        <NativeSelect
          label="Was asking right?"
          value={request.asking_was ?? ''}
          error={faultOf('asking_was')}
          data={[{ value: '', label: 'Choose' }, ...Object.entries(VERDICT_WORDS).map(([value, label]) => ({ value, label }))]}
          onChange={
            ({ currentTarget }) => onRequest({ ...request, asking_was: (currentTarget.value || null) as keyof typeof VERDICT_WORDS | null }) // one of the values just above
          }
        />
      );
    default:
      return null;
  }
}

function Assignee({ request, onRequest, faultOf }: Omit<DetailsProps, 'detail'>): ReactNode {
  const directory = useDirectory();
  const { people = [], teams = [] } = directory.data ?? {};
  const named = (kind: 'person' | 'team', id: string, name: string) => ({ value: `${kind} ${id}`, label: name });
  return (
    <NativeSelect
      label="To"
      value={request.to ? `${request.to.kind} ${request.to.id}` : ''}
      error={faultOf('to')}
      data={[
        { value: '', label: directory.isPending ? 'Loading…' : 'Choose' },
        { group: 'Teams', items: teams.map(({ id, name }) => named('team', id, name)) },
        { group: 'People', items: people.map(({ id, name }) => named('person', id, name)) },
      ]}
      onChange={({ currentTarget }) => {
        const [kind, id = ''] = currentTarget.value.split(' ');
        onRequest({ ...request, to: kind === 'person' || kind === 'team' ? { kind, id } : null });
      }}
    />
  );
}
