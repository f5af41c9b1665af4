import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mrkdwnIn } from '@handoff/testing';
import { DECISION_TYPES, type JsonObject } from '@handoff/contracts';
import type { Words } from '../domain/message-words.js';
import { slackMessage } from './blocks.js';

const HOSTILE = [
  '<!channel>',
  '<!here|x>',
  '<@U024BE7LH>',
  '<#C1>',
  '<https://evil.test|your bank>',
  '*bold*',
  '`code`',
  '&lt;',
  '😀',
  ':wave:',
  '\n',
  'x',
];
const hostile = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 3000 }).map((parts) => parts.join(''));
const words = fc.record({ subject: hostile, news: fc.option(hostile), text: hostile }).map(({ subject, news, text }): Words => ({
  ...{ thread: 't', isUrgent: true, subject, news, facts: [text], link: 'https://desk.test/#/handoffs/1' },
  sections: [{ heading: 'What was asked for', text }],
  buttons: DECISION_TYPES.map((type) => ({ type, token: 't'.repeat(32) })),
}));

describe('a message in Slack', () => {
  it('has nothing that Slack reads as more than text, and is within its limits, whatever the packet holds', () => {
    fc.assert(
      fc.property(words, (it) => {
        const { text, blocks } = slackMessage(it);
        const json = JSON.stringify({ text, blocks });
        expect(json).not.toMatch(/[<>]/);
        expect(mrkdwnIn(blocks as unknown as JsonObject[])).toEqual([]); // of JSON types, as it is sent
        expect(text.length).toBeLessThanOrEqual(4000);
        for (const block of blocks) if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3000);
      }),
      { numRuns: 50 },
    );
  });

  it('has our words on its buttons, and asks once more before one counts', () => {
    const [sample] = fc.sample(words, 1);
    const actions = sample && slackMessage(sample).blocks.find(({ type }) => type === 'actions');
    expect(actions).toMatchObject({
      elements: [
        { text: { text: 'Approve' }, confirm: { confirm: { text: 'Approve' } } },
        { text: { text: 'Approve with edits…' } },
        { text: { text: 'Reject' }, confirm: { confirm: { text: 'Reject' } } },
        { text: { text: 'Answer in words…' } },
        { text: { text: 'Take over' }, confirm: { confirm: { text: 'Take over' } } },
        { text: { text: 'Open the desk' }, url: 'https://desk.test/#/handoffs/1' },
      ],
    });
  });
});
