/** Opens a panel over the picture; on the screen only where the panel has no place of its own. */

import { PanelLeft, PanelRight } from 'lucide-react';
import * as say from '../../messages/en/header';
import type { Drawer } from '../../state/slices/surface';
import { useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './DrawerButton.module.css';

const PANELS = {
  library: { icon: PanelLeft, name: say.showLibrary },
  request: { icon: PanelRight, name: say.showRequest },
} as const;

export function DrawerButton({ drawer }: { readonly drawer: Drawer }) {
  const open = useStudioState((state) => state.drawer === drawer);
  const toggle = useStudioState((state) => state.toggleDrawer);
  const { icon: Icon, name } = PANELS[drawer];
  return (
    <Hint label={name()} side="bottom">
      <button type="button" className={styles.button} data-drawer={drawer} aria-label={name()} aria-expanded={open} onClick={() => { toggle(drawer); }}>
        <Icon aria-hidden size={18} strokeWidth={1.75} />
      </button>
    </Hint>
  );
}
