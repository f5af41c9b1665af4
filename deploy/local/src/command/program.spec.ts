import { describe, expect, it } from '@jest/globals';
import { runHandoff } from './program.js';

const ID = '01a204e1-b682-512c-aac8-e0da4bd4caf8';

async function run(words: string) {
  const printed: string[] = [];
  const said: string[] = [];
  const io = { env: {}, print: (it: string) => printed.push(it), log: (it: string) => said.push(it), signal: new AbortController().signal };
  const code = await runHandoff(words.split(' ').filter(Boolean), io);
  return { code, printed: printed.join('\n'), said: said.join('\n') };
}

describe('the handoff command', () => {
  it('has one help, which names every command and where the system is looked for', async () => {
    const { code, printed } = await run('--help');
    expect(code).toBe(0);
    for (const part of ['doctor', 'show', 'tail', 'dlt', 'policy', 'topics', 'replay', 'KAFKA_BROKERS', 'Exit codes'])
      expect(printed).toContain(part);
  });

  it('says what a command takes', async () => {
    const { code, printed } = await run('dlt replay --help');
    expect(code).toBe(0);
    for (const part of ['[ids...]', '--older-than <age>', '--yes']) expect(printed).toContain(part);
  });

  it.each([
    ['', 'Usage: handoff'],
    ['dlt', 'Usage: handoff dlt'],
    ['dlt drop', "unknown command 'drop'"],
    [`dlt list ${ID}`, 'too many arguments'],
    ['dlt show', "missing required argument 'id'"],
    ['dlt show x', '"x" is no id'],
    ['dlt replay --state all', "unknown option '--state'"],
    [`dlt replay ${ID} --topic a`, 'Give ids or a filter, not both.'],
    ['dlt list --service desk', 'It is one of intake'],
    ['dlt list --older-than soon', 'Write 30s, 15m, 2h or 7d.'],
    ['dlt list --state gone', 'Allowed choices are waiting'],
    ['policy test a.yaml', "required option '--packet <file>'"],
    ['topics forget', "unknown command 'forget'"],
    ['doctor --watch 6m', '5 minutes are the most.'],
    ['show', "missing required argument 'id'"],
    ['tail --urgency soon', 'Allowed choices are'],
    ['tail --topic gossip', 'There is no topic "gossip" to follow'],
    ['model train --out m.json', 'Name a file with --data FILE, or say --live.'],
    ['model stream --data cases.jsonl --live', "option '--data <file>' cannot be used with option '--live'"],
    ['model rollback', "required option '--why <words>'"],
  ])('is asked for again, with code 2, where it is not understood: %s', async (words, why) => {
    expect(await run(words)).toMatchObject({ code: 2, printed: '', said: expect.stringContaining(why) });
  });
});
