/** All shortcuts, from the same list that performs them. */

import { X } from 'lucide-react';
import { Dialog, Switch } from 'radix-ui';
import type { Action, ActionGroup } from '../actions/action';
import { ACTIONS } from '../actions';
import { useStudioState } from '../StudioContext';
import { Keys } from '../ui/Keys';
import styles from './ShortcutsSheet.module.css';

const GROUPS: readonly ActionGroup[] = ['Request', 'Compare', 'Tools', 'Mask', 'View', 'Edit', 'File', 'Help'];

/** What the focused picture does with keys; not actions, as they need the picture to have the focus. */
const PICTURE_KEYS: readonly (readonly [label: string, keys: string])[] = [
  ['Move the picture or the crosshair', 'Arrows'],
  ['Window and level', 'Shift + arrows'],
  ['Paint, or set a corner, at the crosshair', 'Space'],
  ['Close the polygon', 'Enter'],
];

function Group({ group, actions }: { readonly group: ActionGroup; readonly actions: readonly Action[] }) {
  return (
    <section className={styles.group}>
      <h3>{group}</h3>
      <dl>
        {actions.map((action) => (
          <div key={action.name} className={styles.row}>
            <dt>{action.label.replace('…', '')}</dt>
            <dd>
              {action.shortcuts?.map((shortcut, index) => (
                <span key={shortcut} className={styles.keys}>
                  {index === 0 ? null : 'or'} <Keys shortcut={shortcut} />
                </span>
              ))}
            </dd>
          </div>
        ))}
        {group === 'View'
          ? PICTURE_KEYS.map(([label, keys]) => (
              <div key={label} className={styles.row}>
                <dt>{label}</dt>
                <dd>{keys}</dd>
              </div>
            ))
          : null}
      </dl>
    </section>
  );
}

export function ShortcutsSheet() {
  const open = useStudioState((state) => state.dialog === 'shortcuts');
  const setDialog = useStudioState((state) => state.setDialog);
  const singleKeys = useStudioState((state) => state.singleKeys);
  const setSingleKeys = useStudioState((state) => state.setSingleKeys);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => { setDialog(next ? 'shortcuts' : undefined); }}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content className={styles.sheet} aria-describedby={undefined}>
          <header className={styles.header}>
            <Dialog.Title className={styles.title}>Keyboard shortcuts</Dialog.Title>
            <label className={styles.switchLabel}>
              Single keys
              <Switch.Root className={styles.switch} checked={singleKeys} onCheckedChange={setSingleKeys} aria-label="Single keys">
                <Switch.Thumb className={styles.thumb} />
              </Switch.Root>
            </label>
            <Dialog.Close className={styles.close} aria-label="Close">
              <X aria-hidden size={16} />
            </Dialog.Close>
          </header>
          <div className={styles.groups}>
            {GROUPS.map((group) => (
              <Group key={group} group={group} actions={ACTIONS.filter((action) => action.group === group && action.shortcuts !== undefined)} />
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
