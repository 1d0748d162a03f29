/** All shortcuts, from the same list that performs them. */

import * as say from '../../messages/en/dialogs';
import { groupName, type Action, type ActionGroup } from '../actions/action';
import { ACTIONS } from '../actions';
import { useStudioState } from '../StudioContext';
import { Keys } from '../ui/Keys';
import { Switch } from '../ui/Switch';
import { Sheet } from './Sheet';
import styles from './ShortcutsSheet.module.css';

const GROUPS: readonly ActionGroup[] = ['Request', 'Compare', 'Tools', 'Mask', 'View', 'Edit', 'File', 'Help'];

/** What the focused picture does with keys; not actions, as they need the picture to have the focus. */
const PICTURE_KEYS: readonly (readonly [label: () => string, keys: () => string])[] = [
  [say.movePicture, say.arrows],
  [say.windowLevel, say.shiftArrows],
  [say.paintAtCrosshair, say.space],
  [say.closePolygon, say.enter],
];

function Group({ group, actions }: { readonly group: ActionGroup; readonly actions: readonly Action[] }) {
  return (
    <section className={styles.group}>
      <h3>{groupName(group)}</h3>
      <dl>
        {actions.map((action) => (
          <div key={action.name} className={styles.row}>
            <dt>{action.label().replace('…', '')}</dt>
            <dd>
              {action.shortcuts?.map((shortcut, index) => (
                <span key={shortcut} className={styles.keys}>
                  {index === 0 ? null : say.or()} <Keys shortcut={shortcut} />
                </span>
              ))}
            </dd>
          </div>
        ))}
        {group === 'View'
          ? PICTURE_KEYS.map(([label, keys]) => (
              <div key={label()} className={styles.row}>
                <dt>{label()}</dt>
                <dd>{keys()}</dd>
              </div>
            ))
          : null}
      </dl>
    </section>
  );
}

export function ShortcutsSheet() {
  const singleKeys = useStudioState((state) => state.singleKeys);
  const setSingleKeys = useStudioState((state) => state.setSingleKeys);
  return (
    <Sheet
      name="shortcuts"
      title={say.shortcuts()}
      about={say.shortcutsAbout()}
      foot={<Switch label={say.singleKeys()} checked={singleKeys} onChange={setSingleKeys} />}
    >
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <Group
            key={group}
            group={group}
            actions={ACTIONS.filter((action) => action.group === group && action.shortcuts !== undefined)}
          />
        ))}
      </div>
    </Sheet>
  );
}
