/** Opened radiographs, each with its counterfactuals below it and what was made from those below them. */

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import * as say from '../../messages/en/library';
import { deleteVersion } from '../../state/commands/versions';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './DocumentTree.module.css';
import { whyNotRemove } from './rowMenu';
import { itemKey, moveBy, treeItems, type TreeItem } from './treeItems';
import { TreeRow } from './TreeRow';

function withKey(keys: ReadonlySet<string>, key: string, present: boolean): ReadonlySet<string> {
  const next = new Set(keys);
  if (present) next.add(key);
  else next.delete(key);
  return next;
}

export function DocumentTree() {
  const studio = useStudio();
  const documents = useStudioState((state) => state.documents);
  const currentId = useStudioState((state) => state.currentId);
  const showDocument = useStudioState((state) => state.showDocument);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const [renaming, setRenaming] = useState<string>();
  const rows = useRef(new Map<string, HTMLLIElement>());

  const items = treeItems(documents, collapsed);
  const shown = documents.find(({ id }) => id === currentId);
  const current = shown === undefined ? undefined : itemKey(shown.id, shown.shownVersionId ?? shown.baseVersionId);
  const has = (key: string | undefined) => items.some((item) => item.key === key);
  const stop = has(focused) ? focused : has(current) ? current : items[0]?.key;

  // What is on the screen is in sight here too, however many stand above it.
  useEffect(() => {
    if (current !== undefined) rows.current.get(current)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const fold = (key: string, away: boolean) => {
    setCollapsed((keys) => withKey(keys, key, away));
  };
  const show = ({ document, version }: TreeItem) => {
    showDocument(document.id, version?.id);
  };
  const remove = (item: TreeItem) => {
    if (whyNotRemove(studio.store.getState(), item) !== undefined) return;
    const { key, document, version, parentKey } = item;
    const at = items.findIndex((each) => each.key === key);
    const neighbour = parentKey ?? items[at - 1]?.key;
    if (version !== undefined) deleteVersion(studio, document.id, version.id);
    else studio.store.getState().closeDocument(document.id);
    if (neighbour !== undefined) rows.current.get(neighbour)?.focus();
  };

  const press = (item: TreeItem, event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = moveBy(event.key, items, item.key);
    if (move !== undefined && 'focus' in move) rows.current.get(move.focus)?.focus();
    else if (move !== undefined) fold(move.fold, move.collapsed);
    else if (event.key === 'Enter' || event.key === ' ') show(item);
    else if (event.key === 'F2' && item.version !== undefined) setRenaming(item.key);
    // Apple keyboards have no Delete key of that name: theirs is Backspace.
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(item);
    else return;
    event.preventDefault();
  };

  return (
    <ul className={styles.tree} role="tree" aria-label={say.tree()}>
      {items.map((item) => (
        <TreeRow
          key={item.key}
          item={item}
          current={item.key === current}
          focusable={item.key === stop}
          renaming={item.key === renaming}
          ref={(row) => {
            if (row === null) rows.current.delete(item.key);
            else rows.current.set(item.key, row);
          }}
          onShow={() => {
            show(item);
          }}
          onFold={() => {
            fold(item.key, item.expanded === true);
          }}
          onFocus={() => {
            setFocused(item.key);
          }}
          onKeyDown={(event) => {
            press(item, event);
          }}
          onRename={(begins) => {
            setRenaming(begins ? item.key : undefined);
            if (!begins) rows.current.get(item.key)?.focus();
          }}
        />
      ))}
    </ul>
  );
}
