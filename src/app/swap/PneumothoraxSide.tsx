/** On which side a pneumothorax shall be that the donor's reading tells of, but not where. */

import { useId } from 'react';
import type { Side } from '../../findings/knowledge';
import * as say from '../../messages/en/swap';
import styles from './Travelling.module.css';

const SIDES: readonly { readonly side: Side; readonly label: () => string }[] = [
  { side: 'right', label: say.rightSide },
  { side: 'left', label: say.leftSide },
];

interface PneumothoraxSideProps {
  readonly side: Side;
  readonly onChange: (side: Side) => void;
}

export function PneumothoraxSide({ side: chosen, onChange }: PneumothoraxSideProps) {
  const name = useId();
  const why = useId();
  return (
    <fieldset className={styles.places} aria-describedby={why}>
      <legend className={styles.heading}>{say.pneumothoraxSide()}</legend>
      <div className={styles.sides}>
        {SIDES.map(({ side, label }) => (
          <label key={side} className={styles.side}>
            <input
              type="radio"
              name={name}
              checked={chosen === side}
              onChange={() => {
                onChange(side);
              }}
            />
            {label()}
          </label>
        ))}
      </div>
      <p id={why} className={styles.why}>
        {say.sideNotRead()}
      </p>
    </fieldset>
  );
}
