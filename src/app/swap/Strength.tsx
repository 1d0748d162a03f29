/** How much of what the donor has is asked for: from little to half as much again. */

import * as say from '../../messages/en/swap';
import { percent } from '../../messages/numbers';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './SwapDialog.module.css';

export function Strength({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <div className={styles.mixing}>
      <p className={styles.note}>{say.strengthNamed({ share: percent(value) })}</p>
      <LabelledSlider
        label={say.strength()}
        value={value}
        min={0.25}
        max={1.5}
        step={0.05}
        valueText={percent(value)}
        onChange={onChange}
      />
    </div>
  );
}
