/** Offers to go on with a plan that an earlier visit left undone. */

import { ListChecks } from 'lucide-react';
import * as say from '../../messages/en/run';
import styles from '../projects/InterruptedOffer.module.css';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';

export function RunOffer() {
  const studio = useStudio();
  const offered = useStudioState(({ knownRuns, offeredRun }) => knownRuns.find(({ id }) => id === offeredRun));
  // One question at a time: what was being made for the picture on the screen comes first.
  const isBusy = useStudioState((state) => state.interrupted.length > 0 || state.dialog !== undefined);
  if (offered === undefined || isBusy) return null;
  const { id, name, finished, total } = offered;
  return (
    <section className={styles.offer} aria-label={say.begun()} role="status">
      <ListChecks aria-hidden size={17} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{say.offer({ name })}</p>
        <p className={styles.label}>{say.offerDone({ finished, total })}</p>
      </div>
      <Button
        tone="primary"
        onClick={() => void import('../../state/commands/planRun').then(({ reopenRun }) => reopenRun(studio, id))}
      >
        {say.openIt()}
      </Button>
      <Button
        tone="quiet"
        onClick={() => {
          studio.store.getState().setOfferedRun(undefined);
        }}
      >
        {say.leaveIt()}
      </Button>
    </section>
  );
}
