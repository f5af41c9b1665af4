import type { HandoffId, JsonObject } from '@handoff/contracts';
import { Button, Group, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { read } from '../api/request.js';
import { useQueue } from '../api/use-desk.js';
import { usePreview } from '../api/use-policy.js';
import { Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { Notice } from '../shell/notice.js';
import { showHidden } from '../text/split-hidden.js';
import { PreviewLadder } from './preview-ladder.js';
import { readPasted } from './read-pasted.js';

interface PreviewSectionProps {
  /** The policy to try; null for the one in force. */
  readonly text: string | null;
}

/** Who would be asked when, of a packet that is pasted or one that waits on this desk; nothing is sent. */
export function PreviewSection({ text }: PreviewSectionProps): ReactNode {
  const [chosen, setChosen] = useState('');
  const [pasted, setPasted] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const waiting = useQueue('open').data?.items ?? [];
  const client = useQueryClient();
  const preview = usePreview();

  const packetOf = async (id: string): Promise<JsonObject> => {
    const detail = await client.fetchQuery({
      queryKey: ['handoff', id as HandoffId], // one of the choices below
      queryFn: () => read<DeskDetail>(`/handoffs/${encodeURIComponent(id)}`),
    });
    return detail.packet as unknown as JsonObject; // it came as JSON
  };
  const tryIt = async () => {
    const read = chosen === '' ? readPasted(pasted) : { kind: 'packet' as const, packet: await packetOf(chosen) };
    setFault(read.kind === 'fault' ? read.words : null);
    if (read.kind === 'packet') preview.mutate({ packet: read.packet, ...(text === null ? {} : { text }) });
  };

  return (
    <Section title="Who would be asked, and when" note="Nothing is sent">
      <NativeSelect
        label="For"
        value={chosen}
        data={[
          { value: '', label: 'A packet that I paste' },
          ...waiting.map(({ handoff_id, title }) => ({ value: handoff_id, label: showHidden(title) })),
        ]}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      {chosen === '' && (
        <Textarea
          label="Packet, as JSON"
          autosize
          minRows={3}
          maxRows={12}
          value={pasted}
          error={fault}
          onChange={({ currentTarget }) => setPasted(currentTarget.value)}
        />
      )}
      <Failure error={preview.error} />
      <Group>
        <Button
          variant="default"
          loading={preview.isPending}
          onClick={() => void tryIt().catch(() => setFault('That handoff could not be read.'))}
        >
          Show who would be asked
        </Button>
      </Group>
      {chosen !== '' && fault && <Notice tone="danger" title={fault} live />}
      {preview.data && <PreviewLadder preview={preview.data} />}
    </Section>
  );
}
