import { Transactions, type Transaction } from '@handoff/bus';
import { fault, validate, type HandoffDecision, type HandoffId } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { SpanKind, withSpan } from '@handoff/telemetry';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { Answer } from '../domain/answer.js';
import { isSameAnswer } from '../domain/is-same-answer.js';
import { changedFields } from '../domain/changed-fields.js';
import { chooseEnding } from '../domain/choose-ending.js';
import type { Accepted, DeskItem } from '../domain/desk-item.js';
import { rightToDecide } from '../domain/rights.js';
import { tooLateText } from '../domain/too-late.js';
import { answersTooLate } from '../notifier.metrics.js';
import { decisionOf } from '../store/decisions.js';
import { endItems } from '../store/end-items.js';
import { findItem } from '../store/find-item.js';
import { packetsOf } from '../store/packets.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

/** The people's door: the only way to a person's decision. */
@Controller('desk/v1/handoffs/:id/decisions')
@UseGuards(SessionGuard)
export class AnswersController {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** First answer wins. The row is locked first; rights, version and state are judged under that lock. */
  @Post()
  @HttpCode(201)
  async decide(@Me() who: SignedIn, @Param('id', ParseUUIDPipe) id: HandoffId, @Body() body: unknown): Promise<HandoffDecision> {
    const answer = validate(Answer, body);
    if (answer.kind === 'faults') throw Problem.invalid(answer.faults);
    return this.transactions.run(async (tx) => {
      const item = await findItem(tx, who.tenant, id);
      if (!item?.accepted) throw new Problem(404, 'not_found', `There is no handoff ${id} on this desk.`);
      const { accepted, traceparent } = item;
      // In the handoff's own trace: whoever follows it from the agent on finds the person's answer there.
      return withSpan('decide', { kind: SpanKind.SERVER, attributes: { 'handoff.id': id }, parent: traceparent }, () =>
        item.state === 'ended' ? this.alreadyDecided(tx, id, who, answer.value) : this.end(tx, item, accepted, who, answer.value),
      );
    });
  }

  private async end(tx: Transaction, item: DeskItem, accepted: Accepted, who: SignedIn, answer: Answer): Promise<HandoffDecision> {
    if (!item.routed)
      throw new Problem(409, 'not_routed', `Handoff ${item.handoffId} has not been routed to anybody yet. Try again in a moment.`);
    const right = rightToDecide(who.person, accepted, item.routed);
    if (right.kind === 'may-not') throw new Problem(403, 'not_allowed', right.because);
    const packet = await this.packetOnScreen(tx, item, accepted, answer);
    const ending = chooseEnding(packet, answer, { subject: who.person.subject, level: item.routed.level.number, channel: 'desk' });
    if (ending.kind === 'faults') throw Problem.invalid(ending.faults);
    const [decision] = await endItems(tx, [{ item, accepted, packet, ending: ending.value }]);
    if (!decision) throw new Problem(500, 'internal', `Handoff ${item.handoffId} has no packet here, so it cannot be decided.`);
    return decision;
  }

  private async packetOnScreen(tx: Transaction, item: DeskItem, accepted: Accepted, answer: Answer) {
    const versionOf = async (version: number) =>
      (await packetsOf(tx.db, [{ handoffId: item.handoffId, version }])).get(item.handoffId)?.packet;
    const current = await versionOf(accepted.packetVersion);
    const seen = answer.packet_version === accepted.packetVersion ? current : await versionOf(answer.packet_version);
    if (!seen || !current)
      throw Problem.invalid([fault('packet_version', 'not_allowed_value', `There is no version ${answer.packet_version} of this packet.`)]);
    if (answer.packet_version === accepted.packetVersion) return current;
    answersTooLate.inc({ reason: 'version_changed' });
    const changed = changedFields(seen, current);
    throw new Problem(
      409,
      'version_changed',
      `The agent added context while you were reading (${changed.join(', ')}). Your answer was not recorded; look at version ${accepted.packetVersion} and answer again.`,
      {
        packet_version: accepted.packetVersion,
        changed,
      },
    );
  }

  /** The same person with the same answer gets the same decision; everybody else hears who was first. */
  private async alreadyDecided(tx: Transaction, id: HandoffId, { person }: SignedIn, answer: Answer): Promise<HandoffDecision> {
    const decision = await decisionOf(tx.db, id);
    if (!decision) throw new Problem(409, 'already_decided', `Handoff ${id} has ended. Your answer was not recorded.`);
    if (isSameAnswer(decision, answer) && decision.decided_by.some(({ subject }) => subject === person.subject)) return decision;
    answersTooLate.inc({ reason: 'already_decided' });
    throw new Problem(409, 'already_decided', tooLateText(decision), { decision });
  }
}
