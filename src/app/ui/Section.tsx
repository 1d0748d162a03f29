/** A titled part of a panel. */

import { useId, type ReactNode } from 'react';
import { classes } from './classes';
import styles from './Section.module.css';

interface SectionProps {
  readonly title: string;
  /** Sits at the right of the title. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Section({ title, aside, className, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes(styles.section, className)} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
