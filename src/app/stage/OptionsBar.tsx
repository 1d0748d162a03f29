/** Above the viewport: what the tool in hand can be set to, and the comparison. */

import { currentDocument } from '../../state/slices/documents';
import { BRUSH } from '../../state/slices/view';
import type { ViewportTool } from '../../viewport/viewport';
import { actionLargerBrush, actionSmallerBrush } from '../actions/brushSize';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { Keys } from '../ui/Keys';
import { LabelledSlider } from '../ui/LabelledSlider';
import { ComparisonSwitch } from './ComparisonSwitch';
import { maskShare } from './maskShare';
import styles from './OptionsBar.module.css';

const HINTS: Readonly<Record<ViewportTool, string>> = {
  brush: 'Paint where it may change',
  eraser: 'Rub out of the mask',
  polygon: 'Click points, double-click to close',
  window: 'Drag: across for width, up and down for level',
  pan: 'Drag to move',
  zoom: 'Drag up or down, or use the wheel',
};

function BrushSize() {
  const radius = useStudioState((state) => state.brushRadius);
  const setBrushRadius = useStudioState((state) => state.setBrushRadius);
  return (
    <Hint
      label="Brush size"
      detail={
        <>
          <Keys shortcut={actionSmallerBrush.shortcuts?.[0] ?? ''} /> smaller, <Keys shortcut={actionLargerBrush.shortcuts?.[0] ?? ''} /> larger
        </>
      }
    >
      <span className={styles.brush}>
        <span className={styles.dot} aria-hidden>
          <span style={{ width: 4 + radius / 5, height: 4 + radius / 5 }} />
        </span>
        <LabelledSlider label="Brush size" value={radius} step={1} {...BRUSH} valueText={`${String(radius)} of ${String(BRUSH.max)}`} onChange={setBrushRadius} />
        <span className={styles.number}>{radius}</span>
      </span>
    </Hint>
  );
}

export function OptionsBar() {
  const tool = useStudioState((state) => state.tool);
  const mask = useStudioState((state) => currentDocument(state)?.mask);
  return (
    <div className={styles.bar}>
      <div className={styles.options}>
        {tool === 'brush' || tool === 'eraser' ? <BrushSize /> : null}
        <span className={styles.hint}>{HINTS[tool]}</span>
        {mask === undefined ? null : <span className={styles.mask}>Mask {maskShare(mask)}</span>}
      </div>
      <ComparisonSwitch />
    </div>
  );
}
