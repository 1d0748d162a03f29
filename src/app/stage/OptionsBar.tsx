/** Above the viewport: what the tool in hand can be set to, and the mask. */

import { Eye, EyeOff } from 'lucide-react';
import type { Mask } from '../../imaging/radiograph';
import { currentDocument } from '../../state/slices/documents';
import { BRUSH } from '../../state/slices/view';
import type { ViewportTool } from '../../viewport/viewport';
import { isEnabled } from '../actions/action';
import { actionLargerBrush, actionSmallerBrush } from '../actions/brushSize';
import { actionToggleMask } from '../actions/toggleMask';
import { useStudio, useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { Keys } from '../ui/Keys';
import { LabelledSlider } from '../ui/LabelledSlider';
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

/** How much is masked; over a result, also the switch that draws the mask there. */
function MaskShare({ mask }: { readonly mask: Mask }) {
  const studio = useStudio();
  const shown = useStudioState((state) => state.maskShown);
  const canHide = useStudioState((state) => isEnabled(actionToggleMask, state));
  if (!canHide) return <span className={styles.mask}>Mask {maskShare(mask)}</span>;
  const Icon = shown ? Eye : EyeOff;
  return (
    <Hint label={actionToggleMask.label} shortcut={actionToggleMask.shortcuts?.[0]}>
      <button type="button" className={styles.maskSwitch} aria-label={`Mask ${maskShare(mask)}: show it over the result`} aria-pressed={shown} onClick={() => void actionToggleMask.perform(studio)}>
        <Icon aria-hidden size={14} strokeWidth={1.75} />
        Mask {maskShare(mask)}
      </button>
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
        {mask === undefined ? null : <MaskShare mask={mask} />}
      </div>
    </div>
  );
}
