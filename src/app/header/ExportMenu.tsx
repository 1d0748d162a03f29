/** What can be taken away. */

import { Check, ChevronDown, Share } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import * as say from '../../messages/en/header';
import { isEnabled, type Action } from '../actions/action';
import {
  actionCopyRecipe,
  actionSaveAsDicom,
  actionSaveCounterfactual,
  actionSaveDicomSet,
  actionSaveMask,
  actionSaveReceipt,
  actionSavePngSet,
  actionSaveSetToFolder,
  actionSaveStoredPng,
  actionSaveStoredSet,
} from '../actions/export';
import { actionSendToArchive } from '../actions/archive';
import { hasFolders } from '../opening/pickFolder';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Keys } from '../ui/Keys';
import styles from './ExportMenu.module.css';

const ITEMS: readonly { readonly action: Action; readonly detail: () => string }[] = [
  { action: actionSaveCounterfactual, detail: say.counterfactualDetail },
  { action: actionSaveStoredPng, detail: say.storedDetail },
  { action: actionSaveAsDicom, detail: say.dicomDetail },
  { action: actionSaveReceipt, detail: say.receiptDetail },
  { action: actionSaveMask, detail: say.maskDetail },
  { action: actionCopyRecipe, detail: say.recipeDetail },
  { action: actionSavePngSet, detail: say.setDetail },
  { action: actionSaveStoredSet, detail: say.storedSetDetail },
  { action: actionSaveDicomSet, detail: say.setDetail },
  ...(hasFolders() ? [{ action: actionSaveSetToFolder, detail: say.folderDetail }] : []),
];

function Item({ action, detail }: (typeof ITEMS)[number]) {
  const studio = useStudio();
  const enabled = useStudioState((state) => isEnabled(action, state));
  const { icon: Icon } = action;
  return (
    <DropdownMenu.Item className={styles.item} disabled={!enabled} onSelect={() => void action.perform(studio)}>
      {Icon === undefined ? null : <Icon aria-hidden size={16} strokeWidth={1.6} />}
      <span className={styles.words}>
        <span>{action.label()}</span>
        <span className={styles.detail}>{detail()}</span>
      </span>
      {action.shortcuts?.[0] === undefined ? null : <Keys shortcut={action.shortcuts[0]} />}
    </DropdownMenu.Item>
  );
}

/** Stays as it was set until the page closes; the menu stays open, so that the export can follow. */
function NamesSwitch() {
  const studio = useStudio();
  const checked = useStudioState((state) => state.namesInExports);
  return (
    <DropdownMenu.CheckboxItem
      className={styles.item}
      checked={checked}
      onSelect={(event) => {
        event.preventDefault();
      }}
      onCheckedChange={(names) => {
        studio.store.getState().setNamesInExports(names);
      }}
    >
      <span className={styles.box} data-checked={checked || undefined}>
        {checked ? <Check aria-hidden size={12} strokeWidth={2.4} /> : null}
      </span>
      <span className={styles.words}>
        <span>{say.namesInExports()}</span>
        <span className={styles.detail}>{(checked ? say.namesAlong : say.namesStay)()}</span>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}

export function ExportMenu() {
  const archived = useStudioState((state) => state.archive !== undefined);
  const possible = useStudioState((state) => ITEMS.some(({ action }) => isEnabled(action, state)));
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild disabled={!possible}>
        <Button icon={Share}>
          {say.exportMenu()}
          <ChevronDown aria-hidden size={14} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={6}>
          {ITEMS.map((item) => (
            <Item key={item.action.name} {...item} />
          ))}
          {archived ? <Item action={actionSendToArchive} detail={say.archiveDetail} /> : null}
          <DropdownMenu.Separator className={styles.separator} />
          <NamesSwitch />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
