import { Circle, CircleDot } from 'lucide-react';
import * as say from '../../messages/en/actions';
import type { StudioState } from '../../state/store';
import { isBrush } from '../../viewport/tools/kinds';
import type { Action } from './action';

const isPainting = ({ tool }: StudioState): boolean => isBrush(tool);

/** The keys are Shift and a square bracket on most keyboards. */
function brushHardness(
  name: string,
  label: () => string,
  icon: Action['icon'],
  shortcut: string,
  step: number,
): Action {
  return {
    name,
    label,
    group: 'Mask',
    ...(icon === undefined ? {} : { icon }),
    shortcuts: [shortcut],
    keywords: say.brushHardnessKeywords,
    predicate: isPainting,
    perform: ({ store }) => {
      const { brushHardness: hardness, setBrushHardness } = store.getState();
      setBrushHardness(hardness + step);
    },
  };
}

export const actionSofterBrush = brushHardness('mask.softerBrush', say.softerBrush, CircleDot, '{', -0.1);
export const actionHarderBrush = brushHardness('mask.harderBrush', say.harderBrush, Circle, '}', 0.1);
