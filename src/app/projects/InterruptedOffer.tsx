/** Offers to make again what the page was making when it closed. */

import { RotateCcw } from 'lucide-react';
import { makeAgain, whyNotMakeAgain } from '../../state/commands/interrupted';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './InterruptedOffer.module.css';

export function InterruptedOffer() {
  const studio = useStudio();
  const jobs = useStudioState((state) => state.interrupted);
  const reason = useStudioState(whyNotMakeAgain);
  const setInterrupted = useStudioState((state) => state.setInterrupted);
  const [first] = jobs;
  if (first === undefined) return null;
  const more = jobs.length - 1;
  return (
    <section className={styles.offer} aria-label="Interrupted work" role="status">
      <RotateCcw aria-hidden size={17} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>
          {more === 0 ? 'A counterfactual was being made when the page closed' : `${String(jobs.length)} requests were not finished when the page closed`}
        </p>
        <p className={styles.label}>
          {first.label}
          {more === 0 ? '' : more === 1 ? ', and one more' : `, and ${String(more)} more`}
        </p>
        {reason === undefined ? null : <p className={styles.reason}>{reason}</p>}
      </div>
      <Button tone="primary" disabled={reason !== undefined} onClick={() => void makeAgain(studio)}>
        Make it again
      </Button>
      <Button tone="quiet" onClick={() => { setInterrupted([]); }}>
        Leave it
      </Button>
    </section>
  );
}
