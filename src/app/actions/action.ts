/** What a user can do, as data: the menus, the palette, the shortcuts and the tool bar all read the same list. */

import type { LucideIcon } from 'lucide-react';
import * as say from '../../messages/en/actions';
import type { Studio } from '../../state/studio';
import type { StudioState } from '../../state/store';

export type ActionGroup = 'File' | 'Edit' | 'Request' | 'Mask' | 'Tools' | 'Compare' | 'View' | 'Help';

const GROUP_NAMES: Readonly<Record<ActionGroup, () => string>> = {
  File: say.groupFile,
  Edit: say.groupEdit,
  Request: say.groupRequest,
  Mask: say.groupMask,
  Tools: say.groupTools,
  Compare: say.groupCompare,
  View: say.groupView,
  Help: say.groupHelp,
};

export function groupName(group: ActionGroup): string {
  return GROUP_NAMES[group]();
}

export interface Action {
  /** Stable, "group.verb". */
  readonly name: string;
  /** In the language of the screen. */
  readonly label: () => string;
  readonly group: ActionGroup;
  readonly icon?: LucideIcon;
  /** First is shown; see shortcuts/shortcut.ts for the notation. */
  readonly shortcuts?: readonly string[];
  /** Other words a user may look for. */
  readonly keywords?: () => string;
  /** Whether it can be done now; absent: always. */
  readonly predicate?: (state: StudioState) => boolean;
  /** For what is on or off. */
  readonly pressed?: (state: StudioState) => boolean;
  readonly perform: (studio: Studio) => void | Promise<void>;
  /** For what lasts as long as its key is held. */
  readonly release?: (studio: Studio) => void;
}

export function isEnabled(action: Action, state: StudioState): boolean {
  return action.predicate?.(state) ?? true;
}
