/** Another version of the studio is ready: the user says when. Nothing is lost, for the project is saved first. */

import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import * as say from '../../messages/en/offline';
import { mayLeave } from '../../state/commands/leave';
import { handOverProject } from '../../state/commands/projects';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { keepInWorker } from './keepInWorker';
import { registerOffline, type WaitingVersion } from './registerOffline';
import styles from './UpdateNotice.module.css';

/** In development there is no service worker: it would serve yesterday's files. */
const available = (): boolean => import.meta.env.PROD && 'serviceWorker' in navigator;

/** Address of the studio. */
const base = (): string => new URL(import.meta.env.BASE_URL, location.href).href;

/** At once: an app whose networks do not start is the one that needs to hear of another version most. */
function useOffline(): WaitingVersion | undefined {
  const [waiting, setWaiting] = useState<WaitingVersion>();
  const ready = useStudioState((state) => state.engine.status === 'ready');
  useEffect(() => {
    if (available()) void registerOffline(base(), setWaiting);
  }, []);
  // Keeping the networks for later must not delay the first picture.
  useEffect(() => {
    if (ready && available()) void keepInWorker(base());
  }, [ready]);
  return waiting;
}

export function UpdateNotice() {
  const studio = useStudio();
  const waiting = useOffline();
  const [later, setLater] = useState(false);
  const busy = useStudioState((state) => state.generation.status === 'running');
  if (waiting === undefined || later) return null;
  const reload = async () => {
    if (!(await mayLeave(studio))) return;
    // The page that follows may begin before the browser has noticed that this one is gone.
    handOverProject(studio);
    waiting.takeOver();
  };
  return (
    <div className={styles.notice} role="status">
      <RefreshCw aria-hidden size={16} className={styles.icon} />
      <p>{say.ready({ what: busy ? say.whenDone() : say.savedFirst() })}</p>
      <Button size="small" tone="primary" disabled={busy} onClick={() => void reload()}>
        {say.reload()}
      </Button>
      <Button
        size="small"
        tone="quiet"
        onClick={() => {
          setLater(true);
        }}
      >
        {say.later()}
      </Button>
    </div>
  );
}
