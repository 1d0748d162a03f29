/** A slider with one thumb. */

import { Slider } from 'radix-ui';
import styles from './LabelledSlider.module.css';

interface LabelledSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What a screen reader says for the value. */
  readonly valueText?: string;
  readonly onChange: (value: number) => void;
  readonly disabled?: boolean;
}

export function LabelledSlider({
  label,
  value,
  min,
  max,
  step,
  valueText,
  onChange,
  disabled = false,
}: LabelledSliderProps) {
  return (
    <Slider.Root
      className={styles.slider}
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
    >
      <Slider.Track className={styles.track}>
        <Slider.Range className={styles.range} />
      </Slider.Track>
      <Slider.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
    </Slider.Root>
  );
}
