/** A small cross that takes away what it stands beside; its label says what. */

import { X } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from './classes';
import styles from './CrossButton.module.css';

interface CrossButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  readonly label: string;
}

export function CrossButton({ label, className, ...rest }: CrossButtonProps) {
  return (
    <button type="button" aria-label={label} className={classes(styles.cross, className)} {...rest}>
      <X aria-hidden size={14} />
    </button>
  );
}
