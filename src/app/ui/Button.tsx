/** A button with words. */

import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { classes } from './classes';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'primary' | 'plain' | 'quiet';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: LucideIcon;
}

export function Button({ tone = 'plain', size = 'medium', icon: Icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classes(styles.button, styles[tone], styles[size], className)} {...rest}>
      {Icon === undefined ? null : <Icon aria-hidden size={size === 'large' ? 18 : 15} strokeWidth={1.75} />}
      {children}
    </button>
  );
}
