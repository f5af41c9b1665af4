import { describe, expect, it } from '@jest/globals';
import { queryIn, readNotLetIn, readPage, readRoute, routeTo, routeToPage, signInAddress } from './read-route.js';

describe('readRoute', () => {
  it('reads back what routeTo wrote', () => {
    const id = readRoute('#/handoffs/0190B6A4-7F3A-7C1D-9A51-1F2E3D4C5B6A');
    expect(id).toBe('0190b6a4-7f3a-7c1d-9a51-1f2e3d4c5b6a');
    expect(readRoute(routeTo(id))).toBe(id);
  });

  it.each(['', '#', '#/', '#/handoffs/', '#/handoffs/../me', '#/elsewhere'])('is the queue for %j', (hash) => {
    expect(readRoute(hash)).toBeNull();
  });
});

describe('readPage', () => {
  it('knows the pages beside the queue', () => {
    expect(['#/mine', '#/', '#/handoffs/x', '#/mine/x'].map(readPage)).toEqual(['mine', null, null, null]);
  });

  it('with what they are to show', () => {
    const route = routeToPage('audit', new URLSearchParams({ subject: 'a&b?' }));
    expect([readPage(route), queryIn(route).get('subject')]).toEqual(['audit', 'a&b?']);
    expect(queryIn(routeToPage('audit')).size).toBe(0);
  });
});

describe('the way to the sign-in', () => {
  it('names the handoff that somebody came for', () => {
    expect(signInAddress('#/handoffs/0190b6a4-7f3a-7c1d-9a51-1f2e3d4c5b6a')).toBe('/sign-in?handoff=0190b6a4-7f3a-7c1d-9a51-1f2e3d4c5b6a');
    expect(signInAddress('#/')).toBe('/sign-in');
  });

  it('back says why nobody was let in, in words that we know', () => {
    expect(readNotLetIn('#/not-let-in/unknown')).toBe('unknown');
    for (const hash of ['#/not-let-in/evil', '#/not-let-in/failed/x', '']) expect(readNotLetIn(hash)).toBeNull();
  });
});
