/** Runs of plans that this browser knows, and the way to one in a folder. */

import { FolderOpen, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import * as say from '../../messages/en/run';
import { dateTime } from '../../messages/numbers';
import { forgetRun, listRuns } from '../../state/commands/offerRuns';
import { openRunFolder, reopenRun } from '../../state/commands/planRun';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './RunList.module.css';

export function RunList() {
  const studio = useStudio();
  const runs = useStudioState((state) => state.knownRuns);
  /** Whose results are about to be deleted. */
  const [asked, setAsked] = useState<string>();
  useEffect(() => {
    void listRuns(studio);
  }, [studio]);
  return (
    <div className={styles.part}>
      {runs.length === 0 ? (
        <p>{say.noRuns()}</p>
      ) : (
        <ul className={styles.runs} aria-label={say.runs()}>
          {runs.map(({ id, name, kind, startedAt, finished, total }) => (
            <li key={id} className={styles.run}>
              <div className={styles.words}>
                <p className={styles.name}>{name}</p>
                <p className={styles.quiet}>
                  {(kind === 'browser' ? say.runHere : say.runInFolder)({
                    when: dateTime(new Date(startedAt), { dateStyle: 'medium', timeStyle: 'short' }),
                    finished,
                    total,
                  })}
                </p>
              </div>
              {asked === id ? (
                <>
                  <p className={styles.question}>{say.deleteQuestion({ count: finished })}</p>
                  <Button onClick={() => void forgetRun(studio, id)}>{say.deleteIt()}</Button>
                  <Button
                    tone="primary"
                    onClick={() => {
                      setAsked(undefined);
                    }}
                  >
                    {say.keepIt()}
                  </Button>
                </>
              ) : (
                <>
                  <Button tone="primary" onClick={() => void reopenRun(studio, id)}>
                    {say.openIt()}
                  </Button>
                  <Button
                    tone="quiet"
                    icon={Trash2}
                    onClick={() => {
                      // What lies in a folder of the user's stays there.
                      if (kind === 'folder') void forgetRun(studio, id);
                      else setAsked(id);
                    }}
                  >
                    {kind === 'browser' ? say.deleteIt() : say.forgetIt()}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {studio.services.runs.hasFolders ? (
        <Button icon={FolderOpen} onClick={() => void openRunFolder(studio)}>
          {say.openFolder()}
        </Button>
      ) : null}
    </div>
  );
}
