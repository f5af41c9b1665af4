import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { People, Person } from '../shell/me-context.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { Ago, TimeLeft } from '../time/time-left.js';
import { AgentFacts } from './agent-facts.js';
import { CompletenessFacts } from './completeness-facts.js';
import classes from './handoff-facts.module.css';
import { LevelsSoFar } from './levels-so-far.js';
import { ReferenceFacts } from './reference-facts.js';
import { Fact, Facts, Section } from './section.js';

/** What the desk knows beside the packet: whose turn it is, until when, and why. */
export function HandoffFacts({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { level, sla } = detail;
  return (
    <aside className={classes.facts} aria-label="About this handoff">
      <Section title="Whose turn it is">
        <Facts>
          {level && (
            <Fact name="Level">
              {level.number} of {level.of}, <PacketLine text={level.name} />
            </Fact>
          )}
          <Fact name="Asked">
            {detail.asked.length > 0 ? <People ids={detail.asked} /> : 'nobody by name'}
            {detail.team && (
              <>
                {' '}
                (<PacketLine text={detail.team} />)
              </>
            )}
          </Fact>
          {detail.why !== '' && (
            <Fact name="Why them">
              <PacketLine text={detail.why} />
            </Fact>
          )}
          {detail.acknowledged_by && (
            <Fact name="On it">
              <Person id={detail.acknowledged_by} />
            </Fact>
          )}
          {detail.state === 'open' && detail.decide_by && <Fact name="Decide by">{formatInstant(detail.decide_by)}</Fact>}
          {sla && (
            <Fact name="Promise">
              {sla.class === 'critical' ? 'Critical' : 'Normal'}, by {formatInstant(sla.due_at)}
              {detail.state === 'open' && (
                <>
                  {' ('}
                  <TimeLeft due={sla.due_at} />)
                </>
              )}
            </Fact>
          )}
          <Fact name="Came in">
            <Ago at={detail.accepted_at} />
          </Fact>
        </Facts>
      </Section>
      <LevelsSoFar before={detail.before} skipped={detail.skipped} />
      <CompletenessFacts completeness={detail.completeness} />
      <AgentFacts packet={detail.packet} />
      <ReferenceFacts detail={detail} />
    </aside>
  );
}
