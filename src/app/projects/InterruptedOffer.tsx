/** Offers to make again what the page was making when it closed. */

import { RotateCcw } from 'lucide-react';
import * as say from '../../messages/en/projects';
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
    <section className={styles.offer} aria-label={say.interrupted()} role="status">
      <RotateCcw aria-hidden size={17} className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>
          {more === 0 ? say.oneInterrupted() : say.someInterrupted({ count: jobs.length })}
        </p>
        <p className={styles.label}>{more === 0 ? first.label : say.andMore({ request: first.label, count: more })}</p>
        {reason === undefined ? null : <p className={styles.reason}>{reason}</p>}
      </div>
      <Button tone="primary" disabled={reason !== undefined} onClick={() => void makeAgain(studio)}>
        {say.makeAgain()}
      </Button>
      <Button
        tone="quiet"
        onClick={() => {
          setInterrupted([]);
        }}
      >
        {say.leaveIt()}
      </Button>
    </section>
  );
}
