import type { ReactNode } from 'react';
import { describeError } from '../api/problem-error.js';
import { useMyChannels } from '../api/use-mine.js';
import { Absent, Section } from '../handoff/section.js';
import { Notice } from '../shell/notice.js';
import { Subpage } from '../shell/subpage.js';
import { PacketLine } from '../text/packet-text.js';
import { ChannelItem } from './channel-item.js';
import classes from './mine-page.module.css';
import { PreferencesForm } from './preferences-form.js';

/** How I am reached: by which channels, when not, and whether it works. */
export function MinePage(): ReactNode {
  const mine = useMyChannels();
  return (
    <Subpage title="How I am reached">
      {mine.isError && (
        <Notice tone="danger" title="This could not be loaded" live>
          <PacketLine text={describeError(mine.error)} />
        </Notice>
      )}
      {mine.isPending && <Absent>Loading…</Absent>}
      {mine.data && (
        <>
          <Section title="Channels">
            <ul className={classes.channels}>
              {mine.data.channels.map((channel) => (
                <ChannelItem key={channel.channel} channel={channel} />
              ))}
            </ul>
          </Section>
          <PreferencesForm mine={mine.data} />
        </>
      )}
    </Subpage>
  );
}
