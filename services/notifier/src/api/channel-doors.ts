import type { Fault, JsonObject, PushChannel, Seconds } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Doors, Looked, Pressed, Presser } from '../channels/channel.js';
import { linkTo } from '../domain/handoff-copy.js';
import { pressText, refusedPress, type RefusedPress } from '../domain/refused-press.js';
import { endedText, tooLateText, votedText } from '../domain/too-late.js';
import { NotifierConfig } from '../notifier.config.js';
import { accountOwner, finishLink, takeCallback } from '../store/accounts.js';
import { findToken, returnToken, spendToken, type ActionToken } from '../store/action-tokens.js';
import { decisionOf } from '../store/decisions.js';
import { findRow } from '../store/desk-views.js';
import { peopleBySubject } from '../store/directory.js';
import { packetsOf } from '../store/packets.js';
import type { SignedIn } from '../store/sessions.js';
import { AnswerRecorder } from './answer-recorder.js';

/** Every channel's way in: a token is looked up, and its answer recorded as the desk's are. */
@Injectable()
export class ChannelDoors implements Doors {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(AnswerRecorder) private readonly recorder: AnswerRecorder,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  now(): Promise<Date> {
    return databaseNow(this.source.manager);
  }

  isNew(signature: string, seconds: Seconds): Promise<boolean> {
    return takeCallback(this.source.manager, signature, seconds);
  }

  async look(presser: Presser): Promise<Looked> {
    const judged = await this.judge(presser);
    if (judged.kind === 'shut') return judged;
    const decision = await decisionOf(this.source.manager, judged.token.handoff_id);
    if (decision) return { kind: 'shut', text: tooLateText(decision) };
    const { handoff_id: handoffId, packet_version: version, tenant, action: type } = judged.token;
    const db = this.source.manager;
    const [row, packets] = await Promise.all([findRow(db, tenant, handoffId), packetsOf(db, [{ handoffId, version }])]);
    const kept = packets.get(handoffId);
    if (!row || !kept) return { kind: 'shut', text: 'This handoff is not on the desk any more.' };
    if (row.packet_version !== version)
      return {
        kind: 'shut',
        text: `The agent has added to it since; look at version ${row.packet_version} on the desk, and answer there.`,
      };
    return { kind: 'open', type, packet: kept.packet, title: row.title ?? '', link: linkTo(this.config.DESK_URL, handoffId) };
  }

  /** Of many presses of one button one is taken. Where nothing came of it, it may be pressed again. */
  async press(
    presser: Presser,
    { message = null, args = null }: { readonly message?: string | null; readonly args?: JsonObject | null } = {},
  ): Promise<Pressed> {
    const judged = await this.judge(presser);
    if (judged.kind === 'shut') return { kind: 'refused', text: judged.text, faults: [] };
    const { who, token } = judged;
    const db = this.source.manager;
    if (!(await spendToken(db, presser.token))) return { kind: 'refused', text: await this.textOf('used', token), faults: [] };
    try {
      const answer = { packet_version: token.packet_version, type: token.action, message, args };
      const recorded = await this.recorder.record({ handoffId: token.handoff_id, who, answer, channel: token.channel });
      return { kind: 'recorded', text: recorded.kind === 'decided' ? endedText(recorded.decision) : votedText(recorded.vote) };
    } catch (error) {
      if (!(error instanceof Problem) || error.getStatus() === 422) await returnToken(db, presser.token);
      if (!(error instanceof Problem)) throw error;
      return { kind: 'refused', text: error.detail, faults: (error.more['errors'] as readonly Fault[] | undefined) ?? [] };
    }
  }

  async link(channel: PushChannel, account: string, code: string): Promise<string> {
    const subject = await finishLink(this.source.manager, channel, code.trim().toUpperCase(), account);
    return subject === null
      ? 'This code is not known, or ten minutes are over. Ask for another one on the desk.'
      : `You are ${subject} here from now on, and can answer with the buttons.`;
  }

  private async judge({ token: text, channel, account }: Presser): Promise<MayPress | Shut> {
    const db = this.source.manager;
    const [token, owner] = await Promise.all([
      findToken(db, text),
      account === null ? ('bearer' as const) : accountOwner(db, channel, account),
    ]);
    const because = refusedPress(token, channel, owner);
    if (because !== null) return { kind: 'shut', text: await this.textOf(because, token) };
    const person = token && (await peopleBySubject(db, [token.subject])).get(token.subject);
    if (!person) return { kind: 'shut', text: pressText('unknown') };
    return { kind: 'may', token, who: { person, tenant: token.tenant } };
  }

  /** Where it has been decided meanwhile, a spent button says who was first. */
  private async textOf(because: RefusedPress, token: ActionToken | null): Promise<string> {
    const decision =
      token && (because === 'used' || because === 'expired') ? await decisionOf(this.source.manager, token.handoff_id) : null;
    if (!token || !decision) return pressText(because);
    const isOwn = decision.type === token.action && decision.decided_by.some(({ subject }) => subject === token.subject);
    return isOwn ? endedText(decision) : tooLateText(decision);
  }
}

interface MayPress {
  readonly kind: 'may';
  readonly token: ActionToken;
  readonly who: SignedIn;
}

type Shut = Extract<Looked, { readonly kind: 'shut' }>;
