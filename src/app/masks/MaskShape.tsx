/** The mask in use, larger, smaller, softer, calmer, whole, elsewhere or not at all. */

import { amountScale } from '../../state/masks/amount';
import { currentDocument } from '../../state/slices/documents';
import { actionClearMask } from '../actions/clearMask';
import {
  actionFeatherMask,
  actionFillHoles,
  actionGrowMask,
  actionInvertMask,
  actionLargestRegion,
  actionShrinkMask,
  actionSmoothMask,
  actionSnapToLungs,
  currentAmount,
} from '../actions/maskShape';
import { useStudioState } from '../StudioContext';
import { LabelledSlider } from '../ui/LabelledSlider';
import { MaskButton } from './MaskButton';
import styles from './MaskShape.module.css';

const BY_AMOUNT = [
  { action: actionGrowMask, label: 'Grow' },
  { action: actionShrinkMask, label: 'Shrink' },
  { action: actionFeatherMask, label: 'Feather' },
  { action: actionSmoothMask, label: 'Smooth' },
];

const AT_ONCE = [
  { action: actionSnapToLungs, label: 'Snap to lungs' },
  { action: actionFillHoles, label: 'Fill holes' },
  { action: actionLargestRegion, label: 'Largest region' },
  { action: actionInvertMask, label: 'Invert' },
  { action: actionClearMask, label: 'Clear' },
];

export function MaskShape() {
  const radiograph = useStudioState((state) => currentDocument(state)?.radiograph);
  const hasMask = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  const amount = useStudioState(currentAmount);
  const setMaskAmount = useStudioState((state) => state.setMaskAmount);
  if (radiograph === undefined) return null;
  const { unit, min, max, step } = amountScale(radiograph);
  const text = `${String(amount)} ${unit}`;
  return (
    <div className={styles.shape}>
      {hasMask ? null : <p className={styles.why}>The mask in use is empty: paint it first, or choose another.</p>}
      <div className={styles.line}>
        <span>By</span>
        <LabelledSlider label="Distance" value={amount} min={min} max={max} step={step} valueText={text} onChange={(value) => { setMaskAmount(unit, value); }} />
        <span className={styles.value}>{text}</span>
      </div>
      <div className={styles.buttons}>{BY_AMOUNT.map((each) => <MaskButton key={each.label} {...each} />)}</div>
      <div className={styles.buttons}>{AT_ONCE.map((each) => <MaskButton key={each.label} {...each} />)}</div>
    </div>
  );
}
