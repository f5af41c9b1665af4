import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@handoff/contracts';
import { dltOptions } from './dlt-options.js';

const ID = '01a204e1-b682-512c-aac8-e0da4bd4caf8';

describe('what to do with dead letters', () => {
  it('is to list those that wait, of every service, unless something else is said', () => {
    expect(dltOptions('list', [], {})).toEqual({
      verb: 'list',
      ids: [],
      services: SERVICES,
      filter: { state: 'waiting', topic: null, code: null, olderThan: null, newerThan: null },
      isConfirmed: false,
      isJson: false,
      as: null,
    });
  });

  it('takes a topic by the name of its dead letters as well', () => {
    expect(dltOptions('replay', [], { topic: 'handoff.accepted-dlt' }).filter.topic).toBe('handoff.accepted');
  });

  it('is asked for again where an id is none, or ids and a filter are given', () => {
    expect(() => dltOptions('show', ['x'], {})).toThrow('"x" is no id');
    expect(() => dltOptions('replay', [ID], { topic: 'a' })).toThrow('Give ids or a filter, not both.');
  });
});
