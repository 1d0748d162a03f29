/** The mask in use, larger, smaller, softer, calmer, whole, elsewhere or not at all. */

import * as say from '../../messages/en/masks';
import * as units from '../../messages/en/units';
import { amountScale } from '../../state/masks/amount';
import { currentDocument } from '../../state/slices/documents';
import {
  actionClearMask,
  actionFeatherMask,
  actionFillHoles,
  actionGrowMask,
  actionInvertMask,
  actionLargestRegion,
  actionShrinkMask,
  actionSmoothMask,
  actionSnapToLungs,
  currentAmount,
} from '../actions/maskPixels';
import { useStudioState } from '../StudioContext';
import { LabelledSlider } from '../ui/LabelledSlider';
import { MaskButton } from './MaskButton';
import styles from './MaskShape.module.css';

const BY_AMOUNT = [
  { action: actionGrowMask, label: say.grow },
  { action: actionShrinkMask, label: say.shrink },
  { action: actionFeatherMask, label: say.feather },
  { action: actionSmoothMask, label: say.smooth },
];

const AT_ONCE = [
  { action: actionSnapToLungs, label: say.snapToLungs },
  { action: actionFillHoles, label: say.fillHoles },
  { action: actionLargestRegion, label: say.largestRegion },
  { action: actionInvertMask, label: say.invert },
  { action: actionClearMask, label: say.clear },
];

export function MaskShape() {
  const radiograph = useStudioState((state) => currentDocument(state)?.radiograph);
  const hasMask = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  const amount = useStudioState(currentAmount);
  const setMaskAmount = useStudioState((state) => state.setMaskAmount);
  if (radiograph === undefined) return null;
  const { unit, min, max, step } = amountScale(radiograph);
  const text = (unit === 'mm' ? units.millimetres : units.pixels)({ value: amount });
  return (
    <div className={styles.shape}>
      {hasMask ? null : <p className={styles.why}>{say.emptyInUse()}</p>}
      <div className={styles.line}>
        <span>{say.by()}</span>
        <LabelledSlider
          label={say.distance()}
          value={amount}
          min={min}
          max={max}
          step={step}
          valueText={text}
          onChange={(value) => {
            setMaskAmount(unit, value);
          }}
        />
        <span className={styles.value}>{text}</span>
      </div>
      <div className={styles.buttons}>
        {BY_AMOUNT.map((each) => (
          <MaskButton key={each.action.name} {...each} />
        ))}
      </div>
      <div className={styles.buttons}>
        {AT_ONCE.map((each) => (
          <MaskButton key={each.action.name} {...each} />
        ))}
      </div>
    </div>
  );
}
