import { basename } from 'node:path';
import {
  DECISION_TYPES,
  handoffDecisions,
  type DecisionType,
  type HandoffAccepted,
  type JsonObject,
  type Packet,
} from '@handoff/contracts';
import { packetsFile, readPackets } from '@handoff/local';
import { eventually } from '@handoff/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { answerByKeys } from './support/answer-by-keys.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { holdReads } from './support/hold-reads.js';
import { JourneySystem } from './support/journey-system.js';

const FILE = await packetsFile(null);

(hasChromium ? describe : describe.skip)(`a queue in a browser${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let agent: Agent;
  const desks: DeskPage[] = [];

  const signsIn = async (person: string): Promise<DeskPage> => {
    await system.person(person); // the directory knows them
    const desk = await DeskPage.signIn(browser, system.signInLink(person));
    desks.push(desk);
    await desk.page.getByText('Live', { exact: true }).waitFor();
    return desk;
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start(), openBrowser()]);
    agent = await system.agentWithKey('refunds-agent');
  });
  afterEach(async () => {
    const seen = desks.splice(0);
    await Promise.all(seen.map((desk) => desk.close()));
    expect(seen.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  it(`of 30 packets from ${basename(FILE)} is worked by the keyboard alone, to its end`, async () => {
    const packets = (await readPackets(FILE)).slice(0, 30);
    const asked = await Promise.all(
      packets.map(async (packet) => {
        await agent.publishes(JSON.stringify(packet));
        return agent.accepted(String(packet['task_id']));
      }),
    );
    const ana = await signsIn('ana');
    await ana.page.getByText('Mine 30', { exact: true }).waitFor();

    const given = new Map<string, DecisionType>();
    await ana.presses('j', 'Enter');
    for (let at = 0; at < asked.length; at++) {
      const opened = await eventually('the next one is open', () => opensNext(ana, asked, given));
      const type = chooseAnswer(opened.packet, at);
      await answerByKeys(ana, type);
      given.set(opened.handoff_id, type);
    }
    await ana.page.getByText('Nothing waits. New handoffs appear here by themselves.').waitFor();

    for (const { handoff_id, packet } of asked) {
      const decision = await agent.decision(handoff_id);
      expect(decision).toMatchObject({ type: given.get(handoff_id), decided_by: [{ subject: 'ana', channel: 'desk' }] });
      if (decision.type === 'edit') expectOneEdit(packet.recommended_action.args, decision.action?.args ?? {});
    }
    expect((await system.events(handoffDecisions)).length).toBe(30);
  });

  it('is where two people answer at the same moment: one counts, the other is told who was first', async () => {
    const [ana, ben] = await Promise.all([signsIn('ana'), signsIn('ben')]);
    const { handoff_id } = await agent.asks();
    for (const desk of [ana, ben]) desk.expects(/status of 409/);
    await Promise.all(
      [ana, ben].map(async (desk) => {
        await desk.row(handoff_id).click();
        await desk.button('Approve').click();
        await desk.button('Confirm approval').waitFor();
      }),
    );
    await holdReads([ana, ben], handoff_id);
    await Promise.all([ana, ben].map((desk) => desk.button('Confirm approval').click()));

    const winner = (await agent.decision(handoff_id)).decided_by[0]?.subject;
    const late = winner === 'ana' ? ben : ana;
    await late.page.getByText('Your answer was not taken').waitFor();
    await late.page.getByText(new RegExp(`^${winner} approved this on .* Your answer was not recorded\\.$`)).waitFor();
    await late.handoff.getByText(`Decided by ${winner}`).waitFor();
    await late.row(handoff_id).waitFor({ state: 'detached' });
  });

  it('comes back by itself after the server was restarted, with what happened meanwhile and what was being written', async () => {
    const [open, other] = await Promise.all([agent.asks(), agent.asks()]);
    const ana = await signsIn('ana');
    ana.expects(/net::ERR_|status of 50[234]/); // the browser reports that there is no server, or none behind a proxy
    await ana.row(open.handoff_id).click();
    await ana.button('Respond').click();
    await ana.message.fill('Ask for the receipt.');
    await ana.page.evaluate('window.isTheSamePage = true');

    await system.service('notifier').stop();
    await ana.page.getByText('Reconnecting… this may be old').waitFor();
    await ana.button('Confirm response').click();
    await ana.page.getByText('It is safe to confirm it again: it counts once.').waitFor();
    await agent.posts(`/${other.handoff_id}/withdraw`, { reason: 'The customer has called it off.' });
    const came = await agent.asks({ original_request: 'Asked while nobody could see it.' });
    await system.service('notifier').start();

    await ana.page.getByText('Live', { exact: true }).waitFor();
    await ana.row(came.handoff_id).waitFor();
    await ana.row(other.handoff_id).waitFor({ state: 'detached' });
    await ana.button('Confirm response').click();
    expect(await agent.decision(open.handoff_id)).toMatchObject({ type: 'respond', message: 'Ask for the receipt.' });
    expect(await ana.page.evaluate('window.isTheSamePage')).toBe(true);
  });
});

/** The handoff that the desk went on to, once it can be answered. */
async function opensNext(desk: DeskPage, asked: readonly HandoffAccepted[], done: ReadonlyMap<string, unknown>) {
  const opened = asked.find(({ handoff_id }) => desk.page.url().endsWith(handoff_id) && !done.has(handoff_id));
  return opened && (await desk.handoff.locator('[data-decision]').first().isVisible()) && opened;
}

/** Each kind of answer in turn, where the packet takes it; edits where any field that comes first is one to type into. */
function chooseAnswer({ recommended_action: { kind, args }, allowed_decisions, args_schema }: Packet, turn: number): DecisionType {
  const isTyped = Object.values(args).every((value) => typeof value === 'string' || typeof value === 'number');
  const canEdit = kind !== 'none' && isTyped && Object.keys(args).length > 0 && !args_schema;
  const can = DECISION_TYPES.filter((type) => allowed_decisions?.includes(type) ?? (kind !== 'none' || type !== 'approve'));
  return can.filter((type) => type !== 'edit' || canEdit)[turn % can.length] ?? 'reject';
}

/** One character more in one argument, and every type as it was. */
function expectOneEdit(before: JsonObject, after: JsonObject): void {
  const [name = '', ...others] = Object.keys(before).filter((it) => JSON.stringify(before[it]) !== JSON.stringify(after[it]));
  const typed = `${String(before[name])}1`;
  expect({ others, after: after[name] }).toEqual({ others: [], after: typeof before[name] === 'number' ? Number(typed) : typed });
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
}
