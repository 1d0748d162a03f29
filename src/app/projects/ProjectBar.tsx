/** The open project: its name, whether it is saved, and what can be done with it. */

import { Check, ChevronDown, LoaderCircle, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import * as say from '../../messages/en/projects';
import { toldError } from '../../messages/language';
import { whyNotLeave } from '../../state/commands/leave';
import { deleteProject } from '../../state/commands/projects';
import { projectTitle } from '../../record/project/snapshot';
import { MAX_PROJECT_NAME, type SaveState } from '../../state/slices/project';
import { isEnabled, type Action } from '../actions/action';
import {
  actionNewProject,
  actionOpenProjectFile,
  actionSaveProjectFile,
  actionShowProjects,
} from '../actions/projects';
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
        <span className={styles.status} title={say.keptHere()}>
          <Check aria-hidden size={12} />
          {say.saved()}
        </span>
      );
    case 'saving':
      return (
        <span className={styles.status}>
          <LoaderCircle aria-hidden size={12} className={styles.turning} />
          {say.saving()}
        </span>
      );
    case 'failed': {
      const told = toldError(saveState.problem);
      return (
        <span className={styles.status} data-failed title={[told.message, told.advice].join(' ')}>
          <TriangleAlert aria-hidden size={12} />
          {say.notSaved({ why: told.message })}
        </span>
      );
    }
  }
}

function useEntries(rename: () => void, remove: () => void): readonly MenuEntry[] {
  const studio = useStudio();
  const enabled = useStudioState((state) => ITEMS.map((action) => isEnabled(action, state)).join());
  const busy = useStudioState(whyNotLeave);
  const toEntry = (action: Action, index: number): readonly MenuEntry[] => {
    const { icon, label, shortcuts } = action;
    if (icon === undefined) return [];
    const keys =
      shortcuts?.[0] === undefined ? {} : { keys: shortcutKeys(shortcuts[0], isApple).join(isApple ? '' : '+') };
    const disabled = enabled.split(',')[index] !== 'true';
    return [
      {
        icon,
        label: label(),
        ...keys,
        disabled,
        detail: disabled ? busy : action === actionSaveProjectFile ? say.holdsNames() : undefined,
        separated: index === 0,
        onSelect: () => void action.perform(studio),
      },
    ];
  };
  return [
    { label: say.rename(), icon: Pencil, takesFocus: true, onSelect: rename },
    ...ITEMS.flatMap(toEntry),
    {
      label: say.deleteEntry(),
      icon: Trash2,
      tone: 'danger',
      separated: true,
      disabled: busy !== undefined,
      detail: busy,
      takesFocus: true,
      onSelect: remove,
    },
  ];
}

export function ProjectBar() {
  const studio = useStudio();
  const title = useStudioState(projectTitle);
  const id = useStudioState((state) => state.project.id);
  const saveState = useStudioState((state) => state.saveState);
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const entries = useEntries(
    () => {
      setRenaming(true);
    },
    () => {
      setDeleting(true);
    },
  );
  return (
    <section className={styles.bar} aria-label={say.project()}>
      {renaming ? (
        <RenameField
          label={say.projectName()}
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
            <button type="button" className={styles.name} aria-label={say.projectNamed({ title })} title={title}>
              <span className={styles.title}>{title}</span>
              <ChevronDown aria-hidden size={14} />
            </button>
          </DropdownMenu.Trigger>
          <DropdownMenuContent label={say.project()} entries={entries} />
        </DropdownMenu.Root>
      )}
      <SaveStatus saveState={saveState} />
      <ConfirmDelete
        title={deleting ? title : undefined}
        onCancel={() => {
          setDeleting(false);
        }}
        onConfirm={() => {
          setDeleting(false);
          void deleteProject(studio, id);
        }}
      />
    </section>
  );
}
