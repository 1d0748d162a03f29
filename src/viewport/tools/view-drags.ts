/** Drags that change the view: window and level, pan, zoom. Cancelling one restores the view it began with. */

import { isHighDark as isFileHighDark } from '../../imaging/presentation';
import { panBy, viewToImage, zoomAt } from '../geometry/view-transform';
import { dragWindow, windowRange } from '../pixels/window';
import type { ViewState } from '../viewport';
import type { DragStarter, PointerSample, ToolHost } from './drag';

/** A drag this long (CSS pixels) doubles the zoom. */
const ZOOM_DOUBLES = 120;

/** Whether high stored values are dark on the screen. */
export function isHighDark(host: Pick<ToolHost, 'radiograph' | 'view'>): boolean {
  return isFileHighDark(host.radiograph) !== host.view.inverted;
}

/** A drag that gives the view as a function of where it began and how far the pointer has come. */
function viewDrag(
  change: (host: ToolHost, start: ViewState, at: PointerSample, dx: number, dy: number) => ViewState,
  windowing: boolean,
): DragStarter {
  return (host, at) => {
    const start = host.view;
    return {
      move(samples) {
        const to = samples.at(-1);
        if (to) host.changeView(change(host, start, at, to.x - at.x, to.y - at.y), windowing);
      },
      end() {
        // What was shown last stays.
      },
      cancel() {
        host.changeView(start, windowing);
      },
    };
  };
}

/** What is placed follows the pointer; given up, it goes back to where it was pressed. */
export const placeDrag: DragStarter = (host, at) => {
  const place = (sample: PointerSample): void => {
    host.placed(viewToImage(host.geometry, host.view, sample));
  };
  place(at);
  return {
    move(samples) {
      const to = samples.at(-1);
      if (to) place(to);
    },
    end() {
      // It lies where it was last.
    },
    cancel() {
      place(at);
    },
  };
};

export const windowDrag = viewDrag(
  (host, start, _at, dx, dy) => ({
    ...start,
    window: dragWindow(start.window, dx, dy, windowRange(host.radiograph), isHighDark(host)),
  }),
  true,
);

export const panDrag = viewDrag(
  (host, start, _at, dx, dy) => ({ ...start, ...panBy(host.geometry, start, dx, dy) }),
  false,
);

/** Up enlarges, about the point where the drag began. */
export const zoomDrag = viewDrag(
  (host, start, at, _dx, dy) => ({ ...start, ...zoomAt(host.geometry, start, at, 2 ** (-dy / ZOOM_DOUBLES)) }),
  false,
);
