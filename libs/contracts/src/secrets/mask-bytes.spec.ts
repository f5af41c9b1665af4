import { describe, expect, it } from '@jest/globals';
import { maskBytes } from './mask-bytes.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';
const masked = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(maskBytes(Buffer.from(text, encoding))).toString(encoding);

describe('bytes', () => {
  it('lose their secrets, be they JSON, a part of it, or in another encoding', () => {
    expect(masked(`{"token":{"value":"opaque"},"n":[1,"${TOKEN}"]}`)).toBe('{"token":{"value":"******"},"n":[1,"[masked]"]}');
    expect(masked(`{"a":"${TOKEN}","password":"hunter2","b":`)).toBe('{"a":"[masked]","password":"*******","b":');
    expect(masked(`{"a":"\\u0073k_live_a1B2c3D4e5F6g7H8i9J0"`)).toBe('[masked]');
    expect(Buffer.from(maskBytes(Buffer.from(TOKEN, 'utf16le'))).toString()).toBe('[masked]');
  });

  it('are read however deep they are', () => {
    const [open, close] = ['['.repeat(100_000), ']'.repeat(100_000)];
    expect(masked(`${open}"${TOKEN}"${close}`)).toBe(`${open}"[masked]"${close}`);
  });

  it('are the same bytes where they have none', () => {
    for (const bytes of [Buffer.from('{"a": 1}'), Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b]), Buffer.from('\0\0\\u0041')])
      expect(maskBytes(bytes)).toBe(bytes);
  });
});
