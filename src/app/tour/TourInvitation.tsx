/** Offered on the first visit only; afterwards the tour is in the palette. */

import { Compass } from 'lucide-react';
import * as say from '../../messages/en/tour';
import { actionTakeTour } from '../actions/dialogs';
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
      <span>{say.invitation()}</span>
      <Button size="small" onClick={() => void actionTakeTour.perform(studio)}>
        {say.take()}
      </Button>
      <Button size="small" tone="quiet" onClick={setTourSeen}>
        {say.decline()}
      </Button>
    </p>
  );
}
