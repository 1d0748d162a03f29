/** What brush and eraser can be set to: size, hardness, and whether a pen's pressure counts. */

import { PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { BRUSH } from '../../state/slices/view';
import { actionHarderBrush, actionSofterBrush } from '../actions/brushHardness';
import { actionLargerBrush, actionSmallerBrush } from '../actions/brushSize';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { Keys } from '../ui/Keys';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './BrushOptions.module.css';

interface SettingProps {
  readonly label: string;
  /** Shown where there is room. */
  readonly word: string;
  readonly detail: ReactNode;
  readonly mark: ReactNode;
  readonly number: string;
  readonly children: ReactNode;
}

function Setting({ label, word, detail, mark, number, children }: SettingProps) {
  return (
    <Hint label={label} detail={detail}>
      <span className={styles.setting}>
        <span className={styles.mark} aria-hidden>
          {mark}
        </span>
        <span className={styles.word} aria-hidden>
          {word}
        </span>
        {children}
        <span className={styles.number}>{number}</span>
      </span>
    </Hint>
  );
}

export function BrushOptions() {
  const radius = useStudioState((state) => state.brushRadius);
  const hardness = useStudioState((state) => state.brushHardness);
  const pressure = useStudioState((state) => state.penPressure);
  const setBrushRadius = useStudioState((state) => state.setBrushRadius);
  const setBrushHardness = useStudioState((state) => state.setBrushHardness);
  const setPenPressure = useStudioState((state) => state.setPenPressure);
  const percent = `${String(Math.round(100 * hardness))} %`;
  return (
    <>
      <Setting
        label="Brush size"
        word="Size"
        detail={
          <>
            <Keys shortcut={actionSmallerBrush.shortcuts?.[0] ?? ''} /> smaller, <Keys shortcut={actionLargerBrush.shortcuts?.[0] ?? ''} /> larger
          </>
        }
        mark={<span className={styles.dot} style={{ width: 4 + radius / 5, height: 4 + radius / 5 }} />}
        number={String(radius)}
      >
        <LabelledSlider label="Brush size" value={radius} step={1} {...BRUSH} valueText={`${String(radius)} of ${String(BRUSH.max)}`} onChange={setBrushRadius} />
      </Setting>
      <Setting
        label="Brush hardness"
        word="Hardness"
        detail={
          <>
            <Keys shortcut={actionSofterBrush.shortcuts?.[0] ?? ''} /> softer, <Keys shortcut={actionHarderBrush.shortcuts?.[0] ?? ''} /> harder. A soft rim lets the change fade out.
          </>
        }
        mark={<span className={styles.soft} style={{ background: `radial-gradient(closest-side, currentColor ${String(100 * hardness)}%, transparent)` }} />}
        number={percent}
      >
        <LabelledSlider label="Brush hardness" value={hardness} min={0} max={1} step={0.05} valueText={percent} onChange={setBrushHardness} />
      </Setting>
      <Hint label="Pen pressure" detail="With a pen, pressing harder paints wider. Mouse and finger are not affected.">
        <button type="button" className={styles.toggle} aria-label="Pen pressure" aria-pressed={pressure} onClick={() => { setPenPressure(!pressure); }}>
          <PenLine aria-hidden size={14} strokeWidth={1.75} />
        </button>
      </Hint>
    </>
  );
}
