import { useId, type ReactNode } from 'react';
import classes from './section.module.css';

interface SectionProps {
  readonly title: string;
  /** Beside the title: how many, or how sure. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the packet, under a heading of ours. */
export function Section({ title, note, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h3 id={id} className={classes.title}>
          {title}
        </h3>
        {note !== undefined && <span className={classes.note}>{note}</span>}
      </div>
      {children}
    </section>
  );
}

/** Said where an agent sent nothing, so that an empty part is not taken for a missing one. */
export function Absent({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className={classes.absent}>{children}</p>;
}

/** A named value. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** `inline` puts facts side by side; otherwise each has a line. */
export function Facts({ inline = false, children }: { readonly inline?: boolean; readonly children: ReactNode }): ReactNode {
  return <dl className={inline ? classes.inline : classes.facts}>{children}</dl>;
}
