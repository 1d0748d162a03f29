/** Opens a panel over the picture; on the screen only where the panel has no place of its own. */

import { PanelLeft } from 'lucide-react';
import * as say from '../../messages/en/header';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './DrawerButton.module.css';

export function DrawerButton() {
  const open = useStudioState((state) => state.drawer === 'library');
  const toggle = useStudioState((state) => state.toggleDrawer);
  return (
    <Hint label={say.showLibrary()} side="bottom">
      <button
        type="button"
        className={styles.button}
        aria-label={say.showLibrary()}
        aria-expanded={open}
        onClick={() => {
          toggle('library');
        }}
      >
        <PanelLeft aria-hidden size={18} strokeWidth={1.75} />
      </button>
    </Hint>
  );
}
