/** The library's tree as the lines that are on the screen, and where keys lead from one of them. Pure. */

import type { StudioDocument, Version } from '../../record/studioDocument';
import { versionForest, type VersionNode } from '../../record/versionTree';

export interface TreeItem {
  readonly key: string;
  readonly document: StudioDocument;
  /** Undefined: the radiograph itself. */
  readonly version: Version | undefined;
  /** 1 for radiographs. */
  readonly level: number;
  /** 1 for the first among its siblings. */
  readonly position: number;
  readonly siblings: number;
  /** Undefined: nothing below it. */
  readonly expanded: boolean | undefined;
  readonly parentKey: string | undefined;
}

export function itemKey(documentId: string, versionId?: string): string {
  return versionId === undefined ? documentId : `${documentId} ${versionId}`;
}

/** @param collapsed keys of items whose branch is folded away */
export function treeItems(documents: readonly StudioDocument[], collapsed: ReadonlySet<string>): readonly TreeItem[] {
  const items: TreeItem[] = [];
  const add = (item: Omit<TreeItem, 'expanded'>, children: readonly VersionNode[]): void => {
    const expanded = children.length === 0 ? undefined : !collapsed.has(item.key);
    items.push({ ...item, expanded });
    if (expanded !== true) return;
    children.forEach(({ version, children: below }, index) => {
      const key = itemKey(item.document.id, version.id);
      const { document, level, key: parentKey } = item;
      add(
        { key, document, version, level: level + 1, position: index + 1, siblings: children.length, parentKey },
        below,
      );
    });
  };
  documents.forEach((document, index) => {
    const root = {
      key: itemKey(document.id),
      document,
      version: undefined,
      level: 1,
      position: index + 1,
      siblings: documents.length,
      parentKey: undefined,
    };
    add(root, versionForest(document.versions));
  });
  return items;
}

/** What a key of the tree pattern (WAI-ARIA) does: another item gets the focus, or a branch folds or unfolds. */
export type Move = { readonly focus: string } | { readonly fold: string; readonly collapsed: boolean };

/** @param key as in KeyboardEvent. Undefined: not a key of trees, or nothing that way. */
export function moveBy(key: string, items: readonly TreeItem[], from: string): Move | undefined {
  const at = items.findIndex((item) => item.key === from);
  const item = items[at];
  if (item === undefined) return undefined;
  const focus = (target: string | undefined): Move | undefined =>
    target === undefined ? undefined : { focus: target };
  switch (key) {
    case 'ArrowDown':
      return focus(items[at + 1]?.key);
    case 'ArrowUp':
      return focus(items[at - 1]?.key);
    case 'Home':
      return focus(items[0]?.key);
    case 'End':
      return focus(items.at(-1)?.key);
    case 'ArrowRight':
      if (item.expanded === false) return { fold: item.key, collapsed: false };
      return item.expanded === true ? focus(items[at + 1]?.key) : undefined;
    case 'ArrowLeft':
      return item.expanded === true ? { fold: item.key, collapsed: true } : focus(item.parentKey);
    default:
      return undefined;
  }
}
