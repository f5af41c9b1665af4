import { describe, expect, it } from '@jest/globals';
import { anAcceptedHandoff, aRouting } from '@handoff/testing';
import { arriving, withAccepted } from './desk-item.js';
import { emailText } from './email-text.js';
import { wordsOf } from './message-words.js';
import { handoffCopy, visible } from './handoff-copy.js';

function copyOf(packet: Readonly<Record<string, unknown>> = {}, masked: readonly string[] = []) {
  const handoff = anAcceptedHandoff({ packet, masked });
  const { accepted } = withAccepted(arriving(handoff.handoff_id, handoff.tenant), handoff, null);
  if (!accepted) throw new Error('The handoff was not accepted.');
  return handoffCopy('asked', handoff.handoff_id, accepted, handoff.packet, aRouting(handoff), 'https://desk.test');
}

describe('a copy of a handoff', () => {
  it('says what was asked, why the agent stopped, what it recommends and where to decide', () => {
    const copy = copyOf();
    const text = emailText(wordsOf({ kind: 'ask', copy, buttons: [] }), []);
    for (const part of [copy.request, copy.reason, 'refund_order', copy.link]) expect(text).toContain(part);
    expect(copy.link).toBe(`https://desk.test/#/handoffs/${copy.handoffId}`);
  });

  it('shows a masked number as masked, not as a nought', () => {
    const recommended_action = { name: 'charge', args: { amount: 0, cvv: 0, note: 'for [masked]' } };
    const { recommendation } = copyOf({ recommended_action }, ['/recommended_action/args/cvv', '/recommended_action/args/note']);
    expect(recommendation).toBe('charge({"amount":0,"cvv":"[masked]","note":"for [masked]"})');
  });

  it('shortens what is long, and says so', () => {
    expect(copyOf({ original_request: 'x'.repeat(10_000) }).request).toMatch(/^x{2000}… \(shortened; the link shows all\)$/);
  });

  it('has a subject of one line, whatever is in the request', () => {
    const copy = copyOf({ original_request: 'Refund\r\nBcc: everybody@example.test' });
    const { subject } = wordsOf({ kind: 'ask', copy: { ...copy, title: 'Refund\r\nBcc: everybody@example.test' }, buttons: [] });
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('makes visible what would hide or reorder text', () => {
    expect(visible('pay\u202Eevil\u200B\u0007')).toBe('pay[U+202E]evil[U+200B][U+0007]');
    expect(visible('a\tb\nc')).toBe('a\tb\nc');
  });

  it('tells who had it before', () => {
    const handoff = anAcceptedHandoff();
    const { accepted } = withAccepted(arriving(handoff.handoff_id, handoff.tenant), handoff, null);
    const before = [{ level: 1, asked: aRouting(handoff).asked, moved_because: 'nobody decided in time' }];
    const copy =
      accepted && handoffCopy('asked', handoff.handoff_id, accepted, handoff.packet, aRouting(handoff, { before }), 'https://desk.test');
    expect(copy && emailText(wordsOf({ kind: 'ask', copy, buttons: [] }), [])).toContain(
      'Before: level 1, ana, ben: nobody decided in time',
    );
  });
});
