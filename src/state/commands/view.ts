/** Changes of the view that come from outside the viewer, which tells only of what the user does inside it. */

import type { ViewState } from '../../viewport/viewport';
import type { Studio } from '../studio';

export function changeView({ store, viewport }: Studio, change: Partial<ViewState>): void {
  const { view, setViewState } = store.getState();
  if (view === undefined || viewport.current === undefined) return;
  viewport.current.setView(change);
  const placed = change.scale !== undefined || change.translation !== undefined;
  const fitted = change.fitted ?? (placed ? false : view.fitted);
  setViewState({ ...view, ...change, ...(fitted === undefined ? {} : { fitted }) });
}
