/** A slider in a finding's own unit, with the four grades where they lie on it. */

import type { CSSProperties } from 'react';
import type { SketchAmount } from '../../../findings/amounts';
import { severityWord } from '../../../findings/words';
import { LabelledSlider } from '../../ui/LabelledSlider';
import styles from './SketchControls.module.css';

interface AmountSliderProps {
  readonly label: string;
  readonly range: SketchAmount;
  readonly value: number;
  readonly valueText: string;
  readonly onChange: (value: number) => void;
}

/** Positions from one end of the slider to the other. */
const STEPS = 200;
const GRADES = [1, 2, 3] as const;
/** Millimetres below which a range is set in tenths. */
const FINE = 24;

/** Centred on its place along the slider, and never past its ends. */
function markAt(share: number): CSSProperties {
  const at = Math.min(1, Math.max(0, share));
  return { left: `${String(100 * at)}%`, transform: `translateX(${String(at > 0.88 ? -85 : at < 0.12 ? -15 : -50)}%)` };
}

export function AmountSlider({ label, range, value, valueText, onChange }: AmountSliderProps) {
  const { min, max, unit, bySeverity } = range;
  const step = unit !== 'mm' ? (max - min) / STEPS : max - min < FINE ? 0.1 : 1;
  return (
    <div className={styles.scale}>
      <LabelledSlider
        label={label}
        value={value}
        min={min}
        max={max}
        step={step}
        valueText={valueText}
        onChange={onChange}
      />
      <div className={styles.marks}>
        {GRADES.map((grade) => (
          <button
            key={grade}
            type="button"
            tabIndex={-1}
            style={markAt((bySeverity[grade] - min) / (max - min))}
            onClick={() => {
              onChange(bySeverity[grade]);
            }}
          >
            {severityWord(grade)}
          </button>
        ))}
      </div>
    </div>
  );
}
