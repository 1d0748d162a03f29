/** What can be done with a line of the library's tree. */

import { GitBranch, ImageDown, Info, Pencil, Pin, PinOff, Trash2, X } from 'lucide-react';
import * as say from '../../messages/en/library';
import * as reasons from '../../messages/en/reasons';
import { deleteVersion, editVersion, togglePinned, whyNotDelete } from '../../state/commands/versions';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { actionSaveCounterfactual } from '../actions/export';
import type { MenuEntry } from '../ui/Menu';
import type { TreeItem } from './treeItems';

/** Why a radiograph cannot be closed now, in words; undefined when it can. */
function whyNotClose({ jobs }: Pick<StudioState, 'jobs'>, documentId: string): string | undefined {
  return jobs.some(({ job }) => job.documentId === documentId) ? reasons.generatingOfIt() : undefined;
}

/** Why the line cannot be removed from the tree now. */
export function whyNotRemove(state: StudioState, { document, version }: TreeItem): string | undefined {
  return version === undefined ? whyNotClose(state, document.id) : whyNotDelete(state, document, version.id);
}

interface Given {
  /** Why it cannot be removed. */
  readonly reason: string | undefined;
  readonly rename: () => void;
}

export function rowMenu(
  studio: Studio,
  { document, version }: TreeItem,
  { reason, rename }: Given,
): readonly MenuEntry[] {
  const { closeDocument, showDocument, setDialog } = studio.store.getState();
  if (version === undefined) {
    return [
      {
        label: say.details(),
        icon: Info,
        onSelect: () => {
          showDocument(document.id);
          setDialog('details');
        },
      },
      {
        label: say.close(),
        icon: X,
        detail: reason,
        disabled: reason !== undefined,
        keys: say.deleteKey(),
        onSelect: () => {
          closeDocument(document.id);
        },
      },
    ];
  }
  return [
    {
      label: say.edit(),
      icon: GitBranch,
      detail: say.editDetail(),
      onSelect: () => void editVersion(studio, document.id, version.id),
    },
    { label: say.rename(), icon: Pencil, keys: 'F2', takesFocus: true, onSelect: rename },
    {
      label: version.pinned ? say.unpin() : say.pin(),
      icon: version.pinned ? PinOff : Pin,
      onSelect: () => {
        togglePinned(studio, document.id, version.id);
      },
    },
    {
      label: say.save(),
      icon: ImageDown,
      onSelect: () => {
        showDocument(document.id, version.id);
        void actionSaveCounterfactual.perform(studio);
      },
    },
    {
      label: say.remove(),
      icon: Trash2,
      tone: 'danger',
      separated: true,
      detail: reason,
      disabled: reason !== undefined,
      keys: say.deleteKey(),
      onSelect: () => {
        deleteVersion(studio, document.id, version.id);
      },
    },
  ];
}
