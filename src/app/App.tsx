/** The screen. */

import { Tooltip } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { ACTIONS } from './actions';
import styles from './App.module.css';
import { CommandPalette } from './dialogs/CommandPalette';
import { RareDialogs } from './dialogs/RareDialogs';
import { ShortcutsSheet } from './dialogs/ShortcutsSheet';
import { Header } from './header/Header';
import { Library } from './library/Library';
import { Notices } from './notices/Notices';
import { UpdateNotice } from './offline/UpdateNotice';
import { DropVeil } from './opening/DropVeil';
import { useFileDrop } from './opening/useFileDrop';
import { SidePanel } from './panel/SidePanel';
import { InterruptedOffer } from './projects/InterruptedOffer';
import { LeaveQuestion } from './projects/LeaveQuestion';
import { RunOffer } from './run/RunOffer';
import { Screen, Veil } from './Screen';
import { useShortcuts } from './shortcuts/useShortcuts';
import { Stage } from './stage/Stage';
import { StatusLine } from './stage/StatusLine';
import { useStudio, useStudioState } from './StudioContext';
import { useFilled } from './useFilled';
import { useTabTitle } from './useTabTitle';

const ProjectsDialog = lazy(() => import('./projects/ProjectsDialog'));

function OpenLibrary() {
  return useFilled() ? <Library /> : null;
}

export function App() {
  const studio = useStudio();
  useShortcuts(studio, ACTIONS);
  useTabTitle();
  const dragging = useFileDrop(studio);
  const dialog = useStudioState((state) => state.dialog);
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <Screen>
        <Header />
        <OpenLibrary />
        <Stage />
        <Veil />
        <SidePanel className={styles.right} />
        <StatusLine />
      </Screen>
      <Notices />
      <InterruptedOffer />
      <RunOffer />
      <LeaveQuestion />
      <CommandPalette />
      <ShortcutsSheet />
      <RareDialogs />
      <UpdateNotice />
      <Suspense>{dialog === 'projects' ? <ProjectsDialog /> : null}</Suspense>
      {dragging ? <DropVeil /> : null}
    </Tooltip.Provider>
  );
}
