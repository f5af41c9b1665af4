import type { AuditEntry } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { auditCsv } from './audit-csv.js';

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  ...{
    id: '1',
    at: '2026-03-01T12:00:00.000Z',
    subject: 'ana',
    act: 'seen',
    handoff_id: null,
    channel: 'desk',
    address: null,
    details: {},
  },
  ...over,
});

describe('the audit log as a table', () => {
  it('has a line per entry, whatever is in its fields', () => {
    const [header, line] = auditCsv([entry({ details: { reason: 'a, "b"\nc' } })]).split('\r\n');
    expect(header).toBe('id,at,subject,act,handoff_id,channel,address,details');
    expect(line).toBe('1,2026-03-01T12:00:00.000Z,ana,seen,,desk,,"{""reason"":""a, \\""b\\""\\nc""}"');
  });

  it.each(['=', '+', '-', '@', '\t', '\r'])('runs nothing where a field begins like a formula: %j', (sign) => {
    const [, line = ''] = auditCsv([entry({ subject: `${sign}HYPERLINK("https://evil.test")` })]).split(/\r\n(?=1,)/);
    expect(line).toContain(`'${sign}HYPERLINK`);
  });
});
