import type { ReactNode } from 'react';

interface Shown {
  readonly className: string | undefined;
  /** Heard, and not seen. */
  readonly caption: string;
  readonly titles: readonly string[];
  /** Its rows. */
  readonly children: ReactNode;
}

/** Roles are said, because on a small screen a row is drawn as a block and would be no row any more. */
export function DataTable({ className, caption, titles, children }: Shown): ReactNode {
  return (
    <table role="table" className={className}>
      <caption className="desk-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {titles.map((title) => (
            <th key={title} role="columnheader" scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}
