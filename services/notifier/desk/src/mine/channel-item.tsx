import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLink, useTest, useUnlink, type MyChannel } from '../api/use-mine.js';
import { Failure } from '../shell/failure.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';
import { channelWords } from './channel-words.js';
import classes from './mine-page.module.css';

/** One channel, with what can be done about it. */
export function ChannelItem({ channel: it }: { readonly channel: MyChannel }): ReactNode {
  const [test, link, unlink] = [useTest(), useLink(), useUnlink()];
  const name = channelWords(it.channel);
  return (
    <li className={classes.channel}>
      <div>
        <strong>{name}</strong> · {it.is_reachable ? 'reaches you' : 'does not reach you'}
        {it.disabled_because && (
          <Notice tone="warn" title="Not used any more">
            <PacketLine text={it.disabled_because} /> A test that arrives puts it in use again.
          </Notice>
        )}
        {link.data && (
          <p role="status">
            Say this in {name} within {link.data.minutes} minutes: <code>{link.data.say}</code>
          </p>
        )}
        {test.data && (
          <p role="status">
            {test.data.result === 'delivered' ? (
              'Sent; look whether it has come.'
            ) : (
              <PacketLine text={`Not delivered: ${test.data.reason ?? test.data.result}`} />
            )}
          </p>
        )}
        <Failure error={test.error ?? link.error ?? unlink.error} />
      </div>
      <Group gap="xs">
        {it.can_be_linked && !it.is_linked && (
          <Button size="compact-sm" variant="default" loading={link.isPending} onClick={() => link.mutate(it.channel)}>
            Link my account
          </Button>
        )}
        {it.is_linked && (
          <Button size="compact-sm" variant="default" loading={unlink.isPending} onClick={() => unlink.mutate(it.channel)}>
            Unlink
          </Button>
        )}
        {it.is_reachable && (
          <Button size="compact-sm" variant="default" loading={test.isPending} onClick={() => test.mutate(it.channel)}>
            Send a test<span className="desk-hidden"> by {name}</span>
          </Button>
        )}
      </Group>
    </li>
  );
}
