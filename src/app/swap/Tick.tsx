/** One thing that travels, stays or goes. */

import { Checkbox } from 'radix-ui';
import { Check } from 'lucide-react';
import styles from './Travelling.module.css';

interface TickProps {
  readonly label: string;
  readonly detail: string;
  readonly note?: string | undefined;
  readonly checked: boolean;
  readonly onToggle: () => void;
}

export function Tick({ label, detail, note, checked, onToggle }: TickProps) {
  return (
    <label className={styles.place}>
      <Checkbox.Root className={styles.box} checked={checked} onCheckedChange={onToggle}>
        <Checkbox.Indicator>
          <Check aria-hidden size={13} strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span>{label}</span>
      <span className={styles.detail}>{detail}</span>
      {note === undefined ? null : <span className={styles.note}>{note}</span>}
    </label>
  );
}
