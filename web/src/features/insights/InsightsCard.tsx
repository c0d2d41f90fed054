import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { classes } from '../../ui/classes.ts';
import styles from './Insights.module.css';
import { messages } from './messages.ts';

type InsightsCardProps = {
  readonly title: string;
  /** What the marks of the chart mean, or how to read it. */
  readonly note?: string;
  readonly children?: ReactNode;
  /** Takes the whole width where cards stand side by side. */
  readonly wide?: boolean;
};

/** One thing to look back on: a heading, how to read it, the chart, the sentence, the table. */
export function InsightsCard({ title, note, children, wide = false }: InsightsCardProps) {
  const id = useId();
  return (
    <section className={classes(styles.card, wide && styles.wide)} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {note !== undefined && <span className={styles.key}>{note}</span>}
      </div>
      {children}
    </section>
  );
}

export type TableTwin = {
  readonly name: string;
  readonly columns: readonly string[];
  /** The first cell names its row. */
  readonly rows: readonly (readonly string[])[];
};

/** The same numbers as a table, drawn when it is opened. */
export function SameAsTable({ name, columns, rows }: TableTwin) {
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text(messages.table)}</summary>
      {open && (
        <div className={styles.frame} role="region" aria-label={name} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map((column, index) => (
                  <th scope="col" key={`${column} ${String(index)}`}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([head, ...cells], row) => (
                <tr key={`${head} ${String(row)}`}>
                  <th scope="row">{head}</th>
                  {cells.map((cell, index) => (
                    <td key={`${cell} ${String(index)}`}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
