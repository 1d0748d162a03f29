/** A titled part of a panel. */

import { useId, type ReactNode, type Ref } from 'react';
import { classes } from './classes';
import styles from './Section.module.css';

interface SectionProps {
  readonly title: string;
  /** Sits at the right of the title. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

export function Section({ title, aside, className, ref, children }: SectionProps) {
  const id = useId();
  return (
    <section ref={ref} className={classes(styles.section, className)} aria-labelledby={id}>
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
