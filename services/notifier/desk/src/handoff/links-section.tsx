import type { DataLink, Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketLine } from '../text/packet-text.js';
import classes from './links-section.module.css';
import { readLink } from './read-link.js';
import { Absent, Section } from './section.js';

export function LinksSection({ packet }: { readonly packet: Packet }): ReactNode {
  const links = packet.data_links;
  return (
    <Section title="Data" note={links.some((link) => readLink(link.url).kind === 'web') ? 'Links lead out of the desk' : undefined}>
      {links.length === 0 && <Absent>No data is linked.</Absent>}
      <ul className={classes.links}>
        {links.map((link, index) => (
          <LinkItem key={index} link={link} />
        ))}
      </ul>
    </Section>
  );
}

/** The whole address is always readable, and where it leads is said apart: a title, or a user name in it, may say otherwise. */
function LinkItem({ link }: { readonly link: DataLink }): ReactNode {
  const read = readLink(link.url);
  const titled = link.title !== '' && !link.url.startsWith(link.title); // a link without a title is given the start of its address
  return (
    <li className={classes.link}>
      {titled && (
        <span className={classes.title}>
          <PacketLine text={link.title} />
        </span>
      )}
      {read.kind === 'web' ? (
        <a href={read.href} target="_blank" rel="noopener noreferrer nofollow">
          <PacketLine text={link.url} />
          <span className="desk-hidden"> (opens in a new tab)</span>
        </a>
      ) : (
        <span className={classes.text}>
          <PacketLine text={link.url} />
        </span>
      )}
      <span className={classes.notes}>
        {read.kind === 'web' && <span>Leads to {read.host}</span>}
        {link.classification && <PacketLine text={link.classification} />}
        {link.sha256 && (
          <span>
            SHA-256 <PacketLine text={link.sha256} />
          </span>
        )}
      </span>
    </li>
  );
}
