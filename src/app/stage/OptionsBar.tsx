/** Above the viewport: what the tool in hand can be set to, and the mask. */

import { Eye, EyeOff } from 'lucide-react';
import type { Mask } from '../../imaging/radiograph';
import { currentDocument } from '../../state/slices/documents';
import type { ViewportTool } from '../../viewport/viewport';
import { isEnabled } from '../actions/action';
import { actionToggleMask } from '../actions/toggleMask';
import { useStudio, useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { BrushOptions } from './BrushOptions';
import { maskShare } from './maskShare';
import styles from './OptionsBar.module.css';
import { ShapeMode } from './ShapeMode';

const HINTS: Readonly<Record<ViewportTool, string>> = {
  brush: 'Shift-click draws a line',
  eraser: 'Shift-click erases a line',
  lasso: 'Draw around it, release to close',
  polygon: 'Click points, double-click to close',
  ellipse: 'Drag; Shift makes a circle',
  box: 'Drag; Shift makes a square',
  window: 'Drag: across for width, up and down for level',
  pan: 'Drag to move',
  zoom: 'Drag up or down, or use the wheel',
};

const isBrush = (tool: ViewportTool): boolean => tool === 'brush' || tool === 'eraser';
const isOutline = (tool: ViewportTool): boolean => tool === 'lasso' || tool === 'polygon' || tool === 'ellipse' || tool === 'box';

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
        {isBrush(tool) ? <BrushOptions /> : null}
        {isOutline(tool) ? <ShapeMode /> : null}
        <span className={styles.hint}>{HINTS[tool]}</span>
        {mask === undefined ? null : <MaskShare mask={mask} />}
      </div>
    </div>
  );
}
