import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@handoff/contracts';
import { readDltOptions } from './dlt-options.js';

const ID = '01a204e1-b682-512c-aac8-e0da4bd4caf8';

describe('what to do with dead letters', () => {
  it('is to list those that wait, of every service, unless something else is said', () => {
    expect(readDltOptions(['list'])).toEqual({
      verb: 'list',
      ids: [],
      services: SERVICES,
      filter: { state: 'waiting', topic: null, code: null, olderThan: null, newerThan: null },
      isConfirmed: false,
      isJson: false,
      as: null,
    });
  });

  it('may be narrowed by service, topic, code and age', () => {
    const words = 'replay --service routing --topic handoff.accepted-dlt --code missing --older-than 2h --newer-than 7d --yes --as olga';
    expect(readDltOptions(words.split(' '))).toMatchObject({
      services: ['routing'],
      filter: { topic: 'handoff.accepted', code: 'missing', olderThan: 7200, newerThan: 604_800 },
      isConfirmed: true,
      as: 'olga',
    });
  });

  it('may be to dismiss some, by id or by what they have in common', () => {
    expect(readDltOptions(['dismiss', ID])).toMatchObject({ verb: 'dismiss', ids: [ID] });
    expect(readDltOptions(['list', '--state', 'dismissed'])).toMatchObject({ filter: { state: 'dismissed' } });
  });

  it.each([
    ['', 'Say what to do.'],
    ['drop', '"drop" is not known here.'],
    [`list ${ID}`, 'list takes no ids'],
    ['show', 'show takes one id.'],
    ['show x', '"x" is no id'],
    ['replay --state all', '--state goes with list.'],
    ['dismiss --state all', '--state goes with list.'],
    [`replay ${ID} --topic a`, 'Give ids or a filter, not both.'],
    ['list --service desk', '--service is one of intake'],
    ['list --older-than soon', '"soon" is no age'],
    ['list --force', 'force'],
  ])('is asked for again where it is not understood: %s', (words, why) => {
    expect(() => readDltOptions(words.split(' ').filter(Boolean))).toThrow(why);
  });
});
