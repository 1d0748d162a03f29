/** Above the viewport: what the tool in hand can be set to, and the mask. */

import { Eye, EyeOff } from 'lucide-react';
import type { Mask } from '../../imaging/radiograph';
import * as say from '../../messages/en/stage';
import { currentDocument } from '../../state/slices/documents';
import type { ViewportTool } from '../../viewport/viewport';
import { isEnabled } from '../actions/action';
import { isBrush, isOutline } from '../../viewport/tools/kinds';
import { actionToggleMask } from '../actions/masks';
import { useStudio, useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import { BrushOptions } from './BrushOptions';
import { maskShare } from './maskShare';
import styles from './OptionsBar.module.css';
import { ShapeMode } from './ShapeMode';

const HINTS: Readonly<Record<ViewportTool, () => string>> = {
  brush: say.brushHint,
  eraser: say.eraserHint,
  lasso: say.lassoHint,
  polygon: say.polygonHint,
  ellipse: say.ellipseHint,
  box: say.boxHint,
  window: say.windowHint,
  pan: say.panHint,
  zoom: say.zoomHint,
  place: say.placeHint,
};

/** How much is masked; over a result, also the switch that draws the mask there. */
function MaskShare({ mask }: { readonly mask: Mask }) {
  const studio = useStudio();
  const shown = useStudioState((state) => state.maskShown);
  const canHide = useStudioState((state) => isEnabled(actionToggleMask, state));
  if (!canHide)
    return (
      <span className={styles.mask} data-testid="mask-share">
        {say.mask({ share: maskShare(mask) })}
      </span>
    );
  const Icon = shown ? Eye : EyeOff;
  return (
    <Hint label={actionToggleMask.label()} shortcut={actionToggleMask.shortcuts?.[0]}>
      <button
        type="button"
        className={styles.maskSwitch}
        aria-label={say.maskSwitch({ share: maskShare(mask) })}
        aria-pressed={shown}
        onClick={() => void actionToggleMask.perform(studio)}
      >
        <Icon aria-hidden size={14} strokeWidth={1.75} />
        {say.mask({ share: maskShare(mask) })}
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
        <span className={styles.hint}>{HINTS[tool]()}</span>
        {mask === undefined ? null : <MaskShare mask={mask} />}
      </div>
    </div>
  );
}
