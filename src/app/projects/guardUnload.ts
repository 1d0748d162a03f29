/** Has the browser ask before the page is left while a save has failed: what is open then is nowhere else. */

import { hasUnsaved } from '../../state/project/saveProject';
import type { Studio } from '../../state/studio';

/** Only then: a guard that always stands keeps pages out of the browser's cache, and is soon clicked away unread. */
export function guardUnload(studio: Studio, page: Pick<EventTarget, 'addEventListener'>): void {
  page.addEventListener('beforeunload', (event) => {
    if (studio.store.getState().saveState.status === 'failed' && hasUnsaved(studio)) event.preventDefault();
  });
}
