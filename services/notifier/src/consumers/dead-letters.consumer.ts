import { ConsumesDeadLetters, type InboundRecord, type Transaction } from '@handoff/bus';
import { TOPICS } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { hearDeadLetter } from '../domain/hear-dead-letter.js';
import { NotifierConfig } from '../notifier.config.js';
import { DeadLetterPager } from '../sender/dead-letter-pager.js';
import { addDeadLetters } from '../store/dead-letter-pages.js';

/** The topics that our own services write; an agent's bad record is the agent's to hear of, on handoff.rejected. */
const OUR_TOPICS = TOPICS.filter(({ kind }) => kind === 'event');

@Controller()
export class DeadLettersConsumer {
  constructor(
    @Inject(DeadLetterPager) private readonly pager: DeadLetterPager,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  /** Something that one of us said was lost on another of us: the fallback is to know, whatever service it was, this one included. */
  @ConsumesDeadLetters(OUR_TOPICS)
  async hear(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    const heard = batch.map(({ topic, headers }) => hearDeadLetter(topic, headers));
    await addDeadLetters(tx, heard, this.config.DEAD_LETTER_PAGE_SECONDS);
    tx.afterCommit(() => this.pager.wake());
  }
}
