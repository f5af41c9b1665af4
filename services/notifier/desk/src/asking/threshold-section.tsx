import { useId, useState, type ReactNode } from 'react';
import type { Bin } from '../api/use-asking.js';
import { Absent, Section } from '../handoff/section.js';
import { percentOf } from '../sla/sla-rows.js';
import classes from './asking.module.css';
import { stepOf, THRESHOLDS, weighThreshold } from './weigh-threshold.js';

/** What it would mean for people to be asked earlier, or later: by what came of the cases that the model was judged on. */
export function ThresholdSection({ bins, current }: { readonly bins: readonly Bin[]; readonly current: number }): ReactNode {
  const id = useId();
  const [at, setAt] = useState(stepOf(current));
  const threshold = THRESHOLDS[at] ?? 0;
  const { asked, wrong } = weighThreshold(bins, threshold);
  const said = `People are asked about ${percentOf(asked)} of the cases, and ${percentOf(wrong)} go wrong alone.`;
  return (
    <Section title="People’s load against errors">
      <label htmlFor={id}>Ask a person where going on alone fails with a probability of {percentOf(threshold)} or more</label>
      <input
        id={id}
        type="range"
        className={classes.slider}
        min={0}
        max={THRESHOLDS.length - 1}
        value={at}
        aria-valuetext={`${percentOf(threshold)}: ${said}`}
        onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}
      />
      <p>{said}</p>
      <Meter name="Asked" share={asked} />
      <Meter name="Wrong alone" share={wrong} />
      <Absent>
        By {bins.reduce((total, { n }) => total + n, 0).toLocaleString('en')} cases whose end is known. Advice is to ask from{' '}
        {percentOf(current)} on, unless a domain has prices of its own; moving this changes nothing.
      </Absent>
    </Section>
  );
}

const Meter = ({ name, share }: { readonly name: string; readonly share: number }): ReactNode => (
  <div className={classes.meter}>
    <span>{name}</span>
    <span className={classes.bar} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </span>
    <span>{percentOf(share)}</span>
  </div>
);
