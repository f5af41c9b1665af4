import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { faultAt } from '../shell/failure.js';
import { routeToPage } from '../shell/read-route.js';
import { queryOf, SLA_KEYS, type SlaQuestion } from './sla-question.js';
import { KEY_WORDS, RANGE_CHOICES } from './sla-words.js';
import classes from './sla.module.css';

interface SlaFormProps {
  /** By the page's address, so that it can be gone back to and passed on. */
  readonly question: SlaQuestion;
  readonly error: Error | null;
}

/** What the report is of; each choice shows it at once. */
export function SlaForm({ question, error }: SlaFormProps): ReactNode {
  const ask = (changes: Partial<Record<keyof SlaQuestion, string>>) => {
    window.location.hash = routeToPage('sla', queryOf({ ...question, ...changes } as SlaQuestion)); // from choices of ours
  };
  const keys = SLA_KEYS.map((value) => ({ value, label: KEY_WORDS[value] }));
  return (
    <div role="group" aria-label="What to show" className={classes.form}>
      <NativeSelect
        label="By"
        value={question.by}
        data={keys}
        error={faultAt(error, 'by')}
        onChange={({ currentTarget }) => ask({ by: currentTarget.value, ...(currentTarget.value === question.and ? { and: '' } : {}) })}
      />
      <NativeSelect
        label="And within each by"
        value={question.and}
        data={[{ value: '', label: 'Nothing more' }, ...keys.filter(({ value }) => value !== question.by)]}
        onChange={({ currentTarget }) => ask({ and: currentTarget.value })}
      />
      <NativeSelect
        label="Asked in"
        value={question.days}
        data={RANGE_CHOICES}
        onChange={({ currentTarget }) =>
          ask({ days: currentTarget.value, ...(currentTarget.value === '' ? daysOfMonth() : { from: '', until: '' }) })
        }
      />
      {question.days === '' && (
        <>
          <DayField label="From" value={question.from} error={faultAt(error, 'from')} onDay={(from) => ask({ from })} />
          <DayField label="To the end of" value={question.until} error={faultAt(error, 'until')} onDay={(until) => ask({ until })} />
        </>
      )}
    </div>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly error: ReactNode;
  readonly onDay: (day: string) => void;
}

const DayField = ({ onDay, ...field }: DayFieldProps): ReactNode => (
  <TextInput {...field} type="date" onChange={({ currentTarget }) => onDay(currentTarget.value)} />
);

/** The one that is under way: something to begin with. */
function daysOfMonth(): Pick<SlaQuestion, 'from' | 'until'> {
  const now = new Date();
  const field = (day: number) => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { from: field(1), until: field(now.getDate()) };
}
