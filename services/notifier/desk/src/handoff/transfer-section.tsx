import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { ConstraintLines } from './constraint-lines.js';
import { RightsLines } from './rights-lines.js';
import { Fact, Facts, Section } from './section.js';

/** Who passes the task on to whom, and what whoever gets it has to hold to; what was done and the state stand where every packet has them. */
export function TransferSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { transfer } = packet;
  if (!transfer) return null;
  const { from, to, state, decisions, constraints, decision_rights: rights, artifacts = [] } = transfer;
  return (
    <Section title="Passed on by an agent">
      <Facts>
        <Fact name="From">
          <PacketLine text={from.id} />
        </Fact>
        <Fact name="To">
          <PacketLine text={to.agent_id ?? `whoever can do “${to.capability ?? ''}”`} />
        </Fact>
        <Fact name="Form of its state">
          <PacketLine text={state.schema_id} />
        </Fact>
        {artifacts.map(({ name, media_type: type, sha256 }) => (
          <Fact key={name} name="Artifact">
            <PacketLine text={`${name} (${type}), SHA-256 ${sha256}`} />
          </Fact>
        ))}
      </Facts>
      {decisions.map(({ text, why }) => (
        <PacketText key={text} text={`Decided: ${text}${why === undefined ? '' : ` Because: ${why}`}`} of="a decision on the way" />
      ))}
      <ConstraintLines constraints={constraints} />
      <RightsLines rights={rights} />
    </Section>
  );
}
