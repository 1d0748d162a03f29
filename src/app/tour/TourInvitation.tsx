/** Offered on the first visit only; afterwards the tour is in the palette. */

import { Compass } from 'lucide-react';
import { actionTakeTour } from '../actions/help';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './TourInvitation.module.css';

export function TourInvitation() {
  const studio = useStudio();
  const seen = useStudioState((state) => state.tourSeen);
  const setTourSeen = useStudioState((state) => state.setTourSeen);
  if (seen) return null;
  return (
    <p className={styles.invitation}>
      <Compass aria-hidden size={15} strokeWidth={1.75} />
      <span>New here? Five steps on a synthetic radiograph, about a minute.</span>
      <Button size="small" onClick={() => void actionTakeTour.perform(studio)}>
        Take the tour
      </Button>
      <Button size="small" tone="quiet" onClick={setTourSeen}>
        No, thank you
      </Button>
    </p>
  );
}
