import type { ReactNode } from 'react';
import { useMyChannels } from '../api/use-mine.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { Subpage } from '../shell/subpage.js';
import { CalendarSection } from './calendar-section.js';
import { ChannelItem } from './channel-item.js';
import classes from './mine-page.module.css';
import { PreferencesForm } from './preferences-form.js';

/** How I am reached: by which channels, when not, and whether it works. */
export function MinePage(): ReactNode {
  const mine = useMyChannels();
  return (
    <Subpage title="How I am reached">
      <Failure error={mine.error} title="This could not be loaded" />
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
          <CalendarSection />
        </>
      )}
    </Subpage>
  );
}
