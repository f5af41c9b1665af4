import { describe, expect, it } from '@jest/globals';
import { fillIn } from './fill-in.js';

describe('a template’s words', () => {
  it('have what was filled in', () => {
    const inputs = { question: 'Who sells cups?', least: 3, of: ['a', 'b'] };
    expect(fillIn('Answer: {{question}} At least {{least}}, of {{of}}.', inputs)).toBe('Answer: Who sells cups? At least 3, of a, b.');
  });

  it('show what is not filled in yet', () => {
    expect(fillIn('In {{where}}: {{what}}', { where: '' })).toBe('In {{where}}: {{what}}');
  });
});
