import { Minus, Plus } from 'lucide-react';
import * as say from '../../messages/en/actions';
import type { StudioState } from '../../state/store';
import { isBrush } from '../../viewport/tools/kinds';
import type { Action } from './action';

const isPainting = ({ tool }: StudioState): boolean => isBrush(tool);

function brushSize(name: string, label: () => string, icon: Action['icon'], shortcut: string, factor: number): Action {
  return {
    name,
    label,
    group: 'Mask',
    ...(icon === undefined ? {} : { icon }),
    shortcuts: [shortcut],
    keywords: say.brushSizeKeywords,
    predicate: isPainting,
    perform: ({ store }) => {
      const { brushRadius, setBrushRadius } = store.getState();
      setBrushRadius(factor > 1 ? Math.ceil(brushRadius * factor) : Math.floor(brushRadius * factor));
    },
  };
}

export const actionSmallerBrush = brushSize('mask.smallerBrush', say.smallerBrush, Minus, '[', 0.8);
export const actionLargerBrush = brushSize('mask.largerBrush', say.largerBrush, Plus, ']', 1.25);
