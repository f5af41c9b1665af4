import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@handoff/contracts';

interface Operation {
  readonly action: 'send' | 'receive';
  readonly channel: { readonly $ref: string };
  readonly summary: string;
}

const { operations } = JSON.parse(readFileSync(new URL('../../docs/api/asyncapi.json', import.meta.url), 'utf8')) as {
  readonly operations: Readonly<Record<string, Operation>>;
};
const saidOf = (topic: string, action: Operation['action']): readonly string[] =>
  Object.values(operations)
    .filter((it) => it.action === action && it.channel.$ref === `#/channels/${topic.replaceAll('.', '_')}`)
    .map(({ summary }) => summary);

describe.each(TOPICS.map(({ topic }) => topic))('AsyncAPI of %s', (topic) => {
  it('says who writes it, and who reads it', () => {
    expect(saidOf(topic, 'send')).toEqual([expect.stringMatching(/^Written by [a-z].*\.$/)]);
    expect(saidOf(topic, 'receive')).toEqual([expect.stringMatching(/^Read by [a-z].*\.$/)]);
  });
});

it("AsyncAPI says of a task that is given what is so: people's systems write it, and agents do", () => {
  expect(saidOf('handoff.delegations', 'send')).toEqual(["Written by people's systems, agents."]);
});
