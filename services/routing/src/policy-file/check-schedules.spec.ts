import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from './parse-policy.js';

const policy = (parts: object): string =>
  JSON.stringify({
    policy: { id: 'test', name: 'Test' },
    people: ['ana', 'ben'].map((id) => ({ id, name: id, roles: ['responder'], addresses: [] })),
    teams: [{ id: 'support', name: 'Support', members: ['ana'], schedules: ['primary'] }],
    rules: [{ id: 'default', match: {}, levels: [{ name: 'One', target: { team: 'support' } }] }],
    schedules: [aSchedule({})],
    ...parts,
  });
const aSchedule = (layer: object, over: object = {}): object => ({
  id: 'primary',
  name: 'Primary',
  time_zone: 'Europe/Berlin',
  layers: [{ id: 'rota', people: ['ana'], starts: '2026-01-05T09:00', turn: '1w', ...layer }],
  ...over,
});
const office = {
  id: 'office',
  time_zone: 'Europe/Berlin',
  hours: [{ days: ['mon'], from: '09:00', until: '17:30' }],
  holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
};

function faultsOf(parts: object): readonly string[] {
  const parsed = parsePolicy(policy(parts), {});
  return parsed.kind === 'faults' ? parsed.faults.map(({ message }) => message.replace('Line 1: ', '')) : [];
}

describe('schedules and calendars of a policy file', () => {
  it('are taken over, a schedule with the holidays of its calendar', () => {
    const parsed = parsePolicy(
      policy({ calendars: [office], schedules: [aSchedule({}, { calendar: 'office' })], sla: { calendar: 'office' } }),
      {},
    );
    expect(parsed).toMatchObject({
      kind: 'ok',
      value: {
        slaCalendar: 'office',
        calendars: [{ id: 'office', timeZone: 'Europe/Berlin', hours: office.hours, holidays: ['2026-12-25'] }],
        schedules: [{ id: 'primary', layers: [{ turn: { unit: 'days', count: 7 } }], holidays: ['2026-12-25'] }],
        teams: [{ schedules: ['primary'] }],
      },
    });
  });

  it.each([
    ['a person who is not there', { schedules: [aSchedule({ people: ['zoe'] })] }, 'schedules[0].layers[0].people[0] is "zoe"'],
    [
      'somebody of no team that it serves',
      { schedules: [aSchedule({ people: ['ben'] })] },
      'who is in none of the teams that "primary" serves',
    ],
    ['a zone that is none', { schedules: [aSchedule({}, { time_zone: 'Europe/Bonn' })] }, 'schedules[0].time_zone is "Europe/Bonn"'],
    ['a calendar that is not there', { schedules: [aSchedule({}, { calendar: 'moon' })] }, 'schedules[0].calendar is "moon"'],
    ['an SLA by a calendar that is not there', { sla: { calendar: 'moon' } }, 'sla.calendar is "moon"'],
    ['a schedule that is not there', { schedules: [] }, 'teams[0].schedules[0] is "primary", which is not among the schedules.'],
    ['a time that clocks skip', { schedules: [aSchedule({ starts: '2026-03-29T02:30' })] }, 'which the clocks of Europe/Berlin skip'],
    ['a day that there is not', { schedules: [aSchedule({ starts: '2026-02-29T09:00' })] }, 'names 2026-02-29, a day that there is not'],
    [
      'a holiday that there is not',
      { calendars: [{ ...office, holidays: [{ date: '2026-04-31' }] }] },
      'calendars[0].holidays[0].date names 2026-04-31',
    ],
    ['a turn of nothing', { schedules: [aSchedule({ turn: '0d' })] }, 'turn must be hours, days or weeks'],
    [
      'hours of no length',
      { calendars: [{ ...office, hours: [{ days: ['mon'], from: '09:00', until: '09:00' }] }] },
      'calendars[0].hours[0] is from 09:00',
    ],
    ['a misspelt key', { schedules: [aSchedule({ work_holidays: true })] }, 'schedules[0].layers[0].work_holidays means nothing here'],
    ['two of one id', { calendars: [office, office] }, 'calendars[1].id is "office", which is taken'],
  ])('are refused with %s', (_what, parts, message) => {
    expect(faultsOf(parts)).toContainEqual(expect.stringContaining(message));
  });

  it('are refused where a year of working time is too little for a window, which critical ones do not need', () => {
    const sla = { critical: '40d', normal: '20d', calendar: 'office' };
    const levels = [{ name: 'One', target: { team: 'support' }, decide_within: '443h', ack_within: '442h' }];
    expect(faultsOf({ calendars: [office], sla, rules: [{ id: 'default', match: {}, levels }] })).toEqual([
      'sla.normal is 20d, for which a year of "office" has too little working time.',
      'rules[0].levels[0].decide_within is 443h, for which a year of "office" has too little working time.',
    ]);
  });

  it('are known to a level that is skipped off hours', () => {
    const rules = [{ id: 'default', match: {}, levels: [{ name: 'One', target: { team: 'support' }, skip_if: { off_hours: 'office' } }] }];
    expect(faultsOf({ rules })).toEqual(['rules[0].levels[0].skip_if.off_hours is "office", which is not among the calendars.']);
    expect(faultsOf({ rules, calendars: [office] })).toEqual([]);
  });
});
