import { deriveId, newId, type Seconds } from '@handoff/contracts';
import { DueLoop, LOGGER, type Background, type Logger } from '@handoff/runtime';
import { Listener } from '@handoff/store';
import { WebhookClient } from '@handoff/webhook';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { secondsSince, webhookOutcome } from './domain/webhook-outcome.js';
import { allowedNetworks, IntakeConfig } from './intake.config.js';
import { webhooksSent } from './intake.metrics.js';
import { AgentEvents } from './store/agent-events.js';
import { AgentWebhooks, type ClaimedWebhook, type Sent } from './store/agent-webhooks.js';

const AT_ONCE = 50;
/** To one agent with one lease, as far as they are taken soon. */
const EVENTS_AT_ONCE = 10;
const SENDS_FOR_MS = 3000;
const TIMEOUT_MS = 5000;
/** So long an agent waits after a replica has died that was sending to it. It outlasts the above, with an answer that takes as long as it may. */
const LEASE_SECONDS: Seconds = 10;
const NO_SECRET = 'Its secret was encrypted with a key that this installation does not have any more. Register it again.';
/** What is heard together is looked for together. */
const REST_MS = 50;

/** Sends agents' streams to where they asked, in order and at least once. Replicas share the agents by leases. */
@Injectable()
export class WebhookSender implements Background {
  private readonly process = newId();
  private readonly client: WebhookClient;
  private readonly loop = new DueLoop({
    work: () => this.sendDue(),
    nextIn: () => this.webhooks.nextDueIn(),
    heldUp: (error) => this.log.warn({ err: error }, 'Agents’ webhooks are paused and go on by themselves'),
    restMs: REST_MS,
  });
  private stopListening: () => void = () => undefined;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(AgentEvents) private readonly events: AgentEvents,
    @Inject(AgentWebhooks) private readonly webhooks: AgentWebhooks,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(IntakeConfig) config: IntakeConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.client = new WebhookClient({ allowedNetworks: allowedNetworks(config), timeoutMs: TIMEOUT_MS });
  }

  start(): void {
    this.stopListening = this.listener.onNotified(() => this.loop.wake());
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.loop.stop();
    await this.client.close();
  }

  /** @returns whether there may be more to send now */
  private async sendDue(): Promise<boolean> {
    const claimed = await this.webhooks.claim(this.process, LEASE_SECONDS, AT_ONCE);
    const sent = await Promise.allSettled(claimed.map((webhook) => this.sendTo(webhook)));
    const failed = sent.find((it) => it.status === 'rejected');
    if (failed) throw failed.reason; // once nothing is in hand any more, as what this process has claimed it may claim again
    return claimed.length > 0;
  }

  private async sendTo(webhook: ClaimedWebhook): Promise<void> {
    const { position: before, attempts: failed, secret } = webhook;
    const unsent: Sent = { position: before, attempts: failed, state: 'on', error: null, retryIn: 0 };
    const sent = secret === null ? { ...unsent, state: 'off' as const, error: NO_SECRET } : await this.sendEvents(webhook, secret, unsent);
    await this.webhooks.record(this.source.manager, this.process, webhook, sent);
  }

  private async sendEvents(webhook: ClaimedWebhook, secret: string, unsent: Sent): Promise<Sent> {
    const { agent, url } = webhook;
    const until = performance.now() + SENDS_FOR_MS;
    let sent = unsent;
    for (const { position, kind, data } of await this.events.read(agent, webhook.position, EVENTS_AT_ONCE)) {
      const id = deriveId('agent-event', agent.tenant, agent.agentId, position);
      const result = await this.client.send({ url, secret }, id, { type: `handoff.${kind}`, timestamp: webhook.now.toISOString(), data });
      webhooksSent.inc({ result: result.kind });
      const attempts = result.kind === 'delivered' ? 0 : sent.attempts + 1;
      sent = { ...sent, ...webhookOutcome(result, attempts, secondsSince(webhook.failingSince, webhook.now)), attempts };
      if (result.kind !== 'delivered') break;
      sent = { ...sent, position };
      if (performance.now() > until) break;
    }
    return sent;
  }
}
