import { expect, it } from '@jest/globals';
import { faultOf, inputFaults } from './form-faults.js';

const fault = (path: string) => ({ path, code: 'empty', message: `${path} is empty.` });
const faults = ['success_criteria[1].check', 'success_criteria[10].check', 'template.inputs.documents[0]'].map(fault);

it('a fault stands at its field alone', () => {
  expect(faultOf(faults, 'success_criteria[1].check')).toBe('success_criteria[1].check is empty.');
  expect(faultOf(faults, 'success_criteria[1]')).toBe('');
});

it('what fills a template in has its faults by the paths of its form', () => {
  expect([...inputFaults(faults).keys()]).toEqual(['documents.0']);
});
