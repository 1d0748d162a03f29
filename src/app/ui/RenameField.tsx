/** A name being changed in its place. Enter and leaving the field keep the new name, Escape the old. */

import { useRef } from 'react';
import styles from './RenameField.module.css';

interface RenameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  /** @param name undefined: left as it was */
  readonly onDone: (name: string | undefined) => void;
}

export function RenameField({ label, value, maxLength, onDone }: RenameFieldProps) {
  // Leaving the screen makes the field lose the focus once more.
  const done = useRef(false);
  const finish = (name: string | undefined) => {
    if (done.current) return;
    done.current = true;
    onDone(name);
  };
  return (
    <input
      className={styles.field}
      aria-label={label}
      defaultValue={value}
      maxLength={maxLength}
      autoComplete="off"
      spellCheck={false}
      ref={(field) => {
        if (field === null || field.dataset['begun'] === 'true') return;
        field.dataset['begun'] = 'true';
        field.focus();
        field.select();
      }}
      onClick={(event) => {
        event.stopPropagation();
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
      onBlur={(event) => {
        finish(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(undefined);
      }}
    />
  );
}
