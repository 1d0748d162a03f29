/** The open project: its name, whether it is saved, and what can be done with it. */

import { Check, ChevronDown, LoaderCircle, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { deleteProject, whyNotLeave } from '../../state/commands/projects';
import { projectTitle } from '../../state/project/snapshot';
import { MAX_PROJECT_NAME, type SaveState } from '../../state/slices/project';
import { isEnabled, type Action } from '../actions/action';
import { actionNewProject, actionOpenProjectFile, actionSaveProjectFile, actionShowProjects } from '../actions/projects';
import { isApple } from '../shortcuts/platform';
import { shortcutKeys } from '../shortcuts/shortcut';
import { useStudio, useStudioState } from '../StudioContext';
import { DropdownMenuContent, type MenuEntry } from '../ui/Menu';
import { RenameField } from '../ui/RenameField';
import { ConfirmDelete } from './ConfirmDelete';
import styles from './ProjectBar.module.css';

const ITEMS = [actionNewProject, actionShowProjects, actionOpenProjectFile, actionSaveProjectFile];

function SaveStatus({ saveState }: { readonly saveState: SaveState }) {
  switch (saveState.status) {
    case 'saved':
      return (
        <span className={styles.status} title="Kept in this browser, on this computer">
          <Check aria-hidden size={12} />
          Saved
        </span>
      );
    case 'saving':
      return (
        <span className={styles.status}>
          <LoaderCircle aria-hidden size={12} className={styles.turning} />
          Saving…
        </span>
      );
    case 'failed':
      return (
        <span className={styles.status} data-failed title={`${saveState.problem.message} ${saveState.problem.advice}`}>
          <TriangleAlert aria-hidden size={12} />
          Not saved: {saveState.problem.message}
        </span>
      );
  }
}

function useEntries(rename: () => void, remove: () => void): readonly MenuEntry[] {
  const studio = useStudio();
  const enabled = useStudioState((state) => ITEMS.map((action) => isEnabled(action, state)).join());
  const busy = useStudioState(whyNotLeave);
  const toEntry = (action: Action, index: number): readonly MenuEntry[] => {
    const { icon, label, shortcuts } = action;
    if (icon === undefined) return [];
    const keys = shortcuts?.[0] === undefined ? {} : { keys: shortcutKeys(shortcuts[0], isApple).join(isApple ? '' : '+') };
    const disabled = enabled.split(',')[index] !== 'true';
    return [{ icon, label, ...keys, disabled, detail: disabled ? busy : undefined, separated: index === 0, onSelect: () => void action.perform(studio) }];
  };
  return [
    { label: 'Rename', icon: Pencil, onSelect: rename },
    ...ITEMS.flatMap(toEntry),
    { label: 'Delete project…', icon: Trash2, tone: 'danger', separated: true, disabled: busy !== undefined, detail: busy, onSelect: remove },
  ];
}

export function ProjectBar() {
  const studio = useStudio();
  const title = useStudioState(projectTitle);
  const id = useStudioState((state) => state.project.id);
  const saveState = useStudioState((state) => state.saveState);
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  // The menu closes by giving the focus back to its button, and the field or the question would lose it.
  const away = useRef(false);
  const entries = useEntries(
    () => {
      away.current = true;
      setRenaming(true);
    },
    () => {
      away.current = true;
      setDeleting(true);
    },
  );
  return (
    <section className={styles.bar} aria-label="Project">
      {renaming ? (
        <RenameField
          label="Project name"
          value={title}
          maxLength={MAX_PROJECT_NAME}
          onDone={(name) => {
            if (name !== undefined && name.trim() !== title) studio.store.getState().nameProject(name);
            setRenaming(false);
          }}
        />
      ) : (
        <DropdownMenu.Root>
          <DropdownMenu.Trigger asChild>
            <button type="button" className={styles.name} aria-label={`Project ${title}`} title={title}>
              <span className={styles.title}>{title}</span>
              <ChevronDown aria-hidden size={14} />
            </button>
          </DropdownMenu.Trigger>
          <DropdownMenuContent
            label="Project"
            entries={entries}
            keepFocus={() => {
              const kept = away.current;
              away.current = false;
              return kept;
            }}
          />
        </DropdownMenu.Root>
      )}
      <SaveStatus saveState={saveState} />
      <ConfirmDelete title={deleting ? title : undefined} onCancel={() => { setDeleting(false); }} onConfirm={() => {
        setDeleting(false);
        void deleteProject(studio, id);
      }} />
    </section>
  );
}
