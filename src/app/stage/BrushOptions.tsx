/** What brush and eraser can be set to: size, hardness, and whether a pen's pressure counts. */

import { PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import * as say from '../../messages/en/stage';
import { percent } from '../../messages/numbers';
import { BRUSH } from '../../state/slices/view';
import { actionHarderBrush, actionLargerBrush, actionSmallerBrush, actionSofterBrush } from '../actions/tools';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { Keys } from '../ui/Keys';
import { LabelledSlider } from '../ui/LabelledSlider';
import { Rich } from '../ui/Rich';
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
  const share = percent(hardness);
  return (
    <>
      <Setting
        label={say.brushSize()}
        word={say.size()}
        detail={
          <Rich
            message={say.sizeKeys}
            tags={{
              smaller: () => <Keys shortcut={actionSmallerBrush.shortcuts?.[0] ?? ''} />,
              larger: () => <Keys shortcut={actionLargerBrush.shortcuts?.[0] ?? ''} />,
            }}
          />
        }
        mark={<span className={styles.dot} style={{ width: 4 + radius / 5, height: 4 + radius / 5 }} />}
        number={String(radius)}
      >
        <LabelledSlider
          label={say.brushSize()}
          value={radius}
          step={1}
          {...BRUSH}
          valueText={say.sizeOf({ size: radius, most: BRUSH.max })}
          onChange={setBrushRadius}
        />
      </Setting>
      <Setting
        label={say.brushHardness()}
        word={say.hardness()}
        detail={
          <Rich
            message={say.hardnessKeys}
            tags={{
              softer: () => <Keys shortcut={actionSofterBrush.shortcuts?.[0] ?? ''} />,
              harder: () => <Keys shortcut={actionHarderBrush.shortcuts?.[0] ?? ''} />,
            }}
          />
        }
        mark={
          <span
            className={styles.soft}
            style={{
              background: `radial-gradient(closest-side, currentColor ${String(100 * hardness)}%, transparent)`,
            }}
          />
        }
        number={share}
      >
        <LabelledSlider
          label={say.brushHardness()}
          value={hardness}
          min={0}
          max={1}
          step={0.05}
          valueText={share}
          onChange={setBrushHardness}
        />
      </Setting>
      <Hint label={say.penPressure()} detail={say.penPressureDetail()}>
        <button
          type="button"
          className={styles.toggle}
          aria-label={say.penPressure()}
          aria-pressed={pressure}
          onClick={() => {
            setPenPressure(!pressure);
          }}
        >
          <PenLine aria-hidden size={14} strokeWidth={1.75} />
        </button>
      </Hint>
    </>
  );
}
