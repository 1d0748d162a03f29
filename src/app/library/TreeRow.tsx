/** One line of the library's tree: a radiograph or a version. */

import { ChevronRight, Ellipsis, Pin } from 'lucide-react';
import { ContextMenu, DropdownMenu } from 'radix-ui';
import { type KeyboardEvent, type Ref } from 'react';
import * as say from '../../messages/en/library';
import { seconds } from '../../messages/numbers';
import { MAX_VERSION_NAME, renameVersion } from '../../state/commands/versions';
import { baseAnalysis, type StudioDocument, type Version } from '../../record/studioDocument';
import { versionTitle } from '../../record/versionTree';
import { useStudio, useStudioState } from '../StudioContext';
import { ContextMenuContent, DropdownMenuContent } from '../ui/Menu';
import { RenameField } from '../ui/RenameField';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './DocumentTree.module.css';
import { rowMenu, whyNotRemove } from './rowMenu';
import type { TreeItem } from './treeItems';

interface TreeRowProps {
  readonly item: TreeItem;
  /** On the screen: shown, or what edits start from while nothing made from it is shown. */
  readonly current: boolean;
  /** The tree's one stop of the Tab key. */
  readonly focusable: boolean;
  readonly renaming: boolean;
  readonly ref: Ref<HTMLLIElement>;
  readonly onShow: () => void;
  readonly onFold: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRename: (renaming: boolean) => void;
}

function sourceDetail(document: StudioDocument): string {
  const { analysis, versions } = document;
  if (analysis.status === 'running') return say.beingRead();
  if (analysis.status === 'failed') return say.couldNotRead();
  if (versions.length === 0) return say.source();
  return say.sourceVersions({ count: versions.length });
}

function versionDetail({ baseVersionId, ...document }: StudioDocument, version: Version): string {
  if (baseVersionId === version.id) {
    return baseAnalysis({ baseVersionId, ...document }).status === 'running' ? say.beingRead() : say.editsStart();
  }
  // Under a name of its own the request is worth more than the seed.
  if (version.name !== undefined) return version.label;
  const { recipe, milliseconds } = version.counterfactual;
  return say.seedTime({ seed: recipe.sampling.seed, time: seconds(milliseconds, 1) });
}

/** Where there is no room the middle goes: "(covered).dcm" tells a copy from its film. */
function FileName({ name }: { readonly name: string }) {
  const tail = 14;
  if (name.length < 1.5 * tail) return name;
  return (
    <span className={styles.file}>
      <span data-part="start">{name.slice(0, name.length - tail)}</span>
      <span data-part="end">{name.slice(name.length - tail)}</span>
    </span>
  );
}

export function TreeRow({
  item,
  current,
  focusable,
  renaming,
  ref,
  onShow,
  onFold,
  onFocus,
  onKeyDown,
  onRename,
}: TreeRowProps) {
  const studio = useStudio();
  const { document, version, level, position, siblings, expanded } = item;
  const rename = () => {
    onRename(true);
  };
  const title = version === undefined ? document.radiograph.name : versionTitle(version);
  const detail = version === undefined ? sourceDetail(document) : versionDetail(document, version);
  const reason = useStudioState((state) => whyNotRemove(state, item));
  const entries = rowMenu(studio, item, { reason, rename });
  const base = document.baseVersionId !== undefined && document.baseVersionId === version?.id;
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <li
          ref={ref}
          role="treeitem"
          className={styles.row}
          aria-level={level}
          aria-posinset={position}
          aria-setsize={siblings}
          aria-expanded={expanded}
          aria-selected={current}
          aria-label={(version?.pinned === true ? say.rowPinned : say.row)({ title, detail })}
          data-source={version === undefined}
          data-base={base}
          data-depth={Math.min(level - 1, 5)}
          tabIndex={focusable ? 0 : -1}
          onClick={onShow}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
          onDoubleClick={
            version === undefined
              ? undefined
              : () => {
                  onRename(true);
                }
          }
        >
          <span
            className={styles.fold}
            data-expanded={expanded}
            aria-hidden
            onClick={(event) => {
              if (expanded === undefined) return;
              event.stopPropagation();
              onFold();
            }}
          >
            {expanded === undefined ? null : <ChevronRight size={14} />}
          </span>
          <span className={styles.frame}>
            <ThumbnailImage thumbnail={version?.thumbnail ?? document.thumbnail} className={styles.thumbnail} />
            {version?.pinned === true ? (
              <span className={styles.pin} aria-hidden>
                <Pin size={9} />
              </span>
            ) : null}
          </span>
          {renaming && version !== undefined ? (
            <RenameField
              label={say.nameOf({ title })}
              value={title}
              maxLength={MAX_VERSION_NAME}
              onDone={(name) => {
                if (name !== undefined) renameVersion(studio, document.id, version.id, name);
                onRename(false);
              }}
            />
          ) : (
            <span className={styles.words}>
              <span className={styles.title} title={title}>
                {version === undefined ? <FileName name={title} /> : title}
              </span>
              <span className={styles.detail} title={detail}>
                {detail}
              </span>
            </span>
          )}
          <DropdownMenu.Root>
            <DropdownMenu.Trigger asChild>
              <button
                type="button"
                className={styles.more}
                tabIndex={-1}
                aria-label={say.whatCanBeDone({ title })}
                onClick={(event) => {
                  event.stopPropagation();
                }}
                onKeyDown={(event) => {
                  event.stopPropagation();
                }}
                onDoubleClick={(event) => {
                  event.stopPropagation();
                }}
              >
                <Ellipsis aria-hidden size={15} />
              </button>
            </DropdownMenu.Trigger>
            <DropdownMenuContent label={title} entries={entries} />
          </DropdownMenu.Root>
        </li>
      </ContextMenu.Trigger>
      <ContextMenuContent label={title} entries={entries} />
    </ContextMenu.Root>
  );
}
