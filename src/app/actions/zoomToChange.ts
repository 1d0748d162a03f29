import { Focus } from 'lucide-react';
import { maskBounds } from '../../imaging/mask';
import type { Mask } from '../../imaging/radiograph';
import * as say from '../../messages/en/actions';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Action } from './action';

/** Where the result differs; before there is one, where it may. */
function changeOf(state: StudioState): Mask | undefined {
  return currentVersion(state)?.counterfactual.mask ?? currentDocument(state)?.mask;
}

export const actionZoomToChange: Action = {
  name: 'view.zoomToChange',
  label: say.zoomToChange,
  group: 'View',
  icon: Focus,
  shortcuts: ['F'],
  keywords: say.zoomToChangeKeywords,
  predicate: (state) => changeOf(state) !== undefined,
  perform: ({ store, viewport }) => {
    const mask = changeOf(store.getState());
    const bounds = mask && maskBounds(mask);
    if (bounds !== undefined) viewport.current?.frame(bounds);
  },
};
