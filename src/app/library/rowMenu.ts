/** What can be done with a line of the library's tree. */

import { GitBranch, ImageDown, Pencil, Pin, PinOff, Trash2, X } from 'lucide-react';
import { deleteVersion, editVersion, togglePinned, whyNotDelete } from '../../state/commands/versions';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { actionSaveCounterfactual } from '../actions/saveCounterfactual';
import type { MenuEntry } from '../ui/Menu';
import type { TreeItem } from './treeItems';

/** Why a radiograph cannot be closed now, in words; undefined when it can. */
function whyNotClose({ jobs }: Pick<StudioState, 'jobs'>, documentId: string): string | undefined {
  return jobs.some(({ job }) => job.documentId === documentId) ? 'A counterfactual of it is being made.' : undefined;
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

export function rowMenu(studio: Studio, { document, version }: TreeItem, { reason, rename }: Given): readonly MenuEntry[] {
  const { closeDocument, showDocument } = studio.store.getState();
  if (version === undefined) {
    return [
      {
        label: 'Close radiograph',
        icon: X,
        detail: reason,
        disabled: reason !== undefined,
        keys: 'Del',
        onSelect: () => {
          closeDocument(document.id);
        },
      },
    ];
  }
  return [
    {
      label: 'Edit this result',
      icon: GitBranch,
      detail: 'The next change starts from it',
      onSelect: () => void editVersion(studio, document.id, version.id),
    },
    { label: 'Rename', icon: Pencil, keys: 'F2', onSelect: rename },
    {
      label: version.pinned ? 'Unpin' : 'Pin',
      icon: version.pinned ? PinOff : Pin,
      onSelect: () => {
        togglePinned(studio, document.id, version.id);
      },
    },
    {
      label: 'Save as PNG',
      icon: ImageDown,
      onSelect: () => {
        showDocument(document.id, version.id);
        void actionSaveCounterfactual.perform(studio);
      },
    },
    {
      label: 'Delete',
      icon: Trash2,
      tone: 'danger',
      separated: true,
      detail: reason,
      disabled: reason !== undefined,
      keys: 'Del',
      onSelect: () => {
        deleteVersion(studio, document.id, version.id);
      },
    },
  ];
}
