/** The frame of the screen. It changes with the drawer and with whether something is open, and what stands in it is not drawn anew for that. */

import type { ReactNode } from 'react';
import * as header from '../messages/en/header';
import styles from './App.module.css';
import { useStudioState } from './StudioContext';
import { useFilled } from './useFilled';

export function Screen({ children }: { readonly children: ReactNode }) {
  const filled = useFilled();
  const drawer = useStudioState((state) => state.drawer);
  const closeDrawer = useStudioState((state) => state.closeDrawer);
  return (
    <div
      className={styles.screen}
      data-empty={!filled}
      data-drawer={drawer}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) closeDrawer();
      }}
    >
      {children}
    </div>
  );
}

/** Between an open drawer and the rest; a click on it closes the drawer. */
export function Veil() {
  const open = useStudioState((state) => state.drawer !== undefined);
  const closeDrawer = useStudioState((state) => state.closeDrawer);
  return open ? (
    <button type="button" className={styles.veil} aria-label={header.closePanel()} onClick={closeDrawer} />
  ) : null;
}
