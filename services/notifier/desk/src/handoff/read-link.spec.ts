import { describe, expect, it } from '@jest/globals';
import { readLink } from './read-link.js';

describe('readLink', () => {
  it('follows http and https, and says the full host', () => {
    expect(readLink('https://crm.example.com:8443/c/1')).toEqual({
      kind: 'web',
      href: 'https://crm.example.com:8443/c/1',
      host: 'crm.example.com:8443',
    });
    expect(readLink('HTTP://example.com')).toMatchObject({ host: 'example.com' });
  });

  it('is not fooled about the host by a user name or by look-alike letters', () => {
    expect(readLink('https://bank.example@evil.example/')).toMatchObject({ host: 'evil.example' });
    expect(readLink('https://ex\u0430mple.com/')).toMatchObject({ host: 'xn--exmple-4nf.com' });
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'urn:order:1',
    '//evil.example',
    'file:///etc',
    'https://',
    'java\nscript:x',
  ])('leaves %j as plain text', (url) => {
    expect(readLink(url)).toEqual({ kind: 'text' });
  });
});
