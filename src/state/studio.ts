/** The studio as actions see it: what is known, and what can be done. */

import type { RadiographViewport } from '../viewport/viewport';
import type { StudioServices } from './services';
import type { StudioStore } from './store';

export interface Studio {
  readonly store: StudioStore;
  readonly services: StudioServices;
  /** The viewport on the screen, while there is one. */
  readonly viewport: { current: RadiographViewport | undefined };
}
