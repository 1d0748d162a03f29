/** On or off, with its words beside it. */

import { Switch as Radix } from 'radix-ui';
import styles from './Switch.module.css';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <label className={styles.line}>
      <Radix.Root className={styles.switch} checked={checked} onCheckedChange={onChange} aria-label={label}>
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
      {label}
    </label>
  );
}
