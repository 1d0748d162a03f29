/** Requests from elsewhere: borrowed from another patient or from several, or out of a report. */

import { Shuffle } from 'lucide-react';
import * as say from '../../messages/en/request';
import { isEnabled } from '../actions/action';
import { actionFromReport } from '../actions/report';
import { actionSwap, actionSwapMatrix, actionWithoutOpacities } from '../actions/request';
import { useStudio, useStudioState } from '../StudioContext';
import { ActionButton } from '../ui/ActionButton';
import { Button } from '../ui/Button';
import styles from './SwapButtons.module.css';

export function SwapButtons() {
  const studio = useStudio();
  const enabled = useStudioState((state) => isEnabled(actionSwap, state));
  return (
    <span className={styles.buttons}>
      <Button
        size="small"
        tone="quiet"
        icon={Shuffle}
        disabled={!enabled}
        title={say.swapHint()}
        onClick={() => void actionSwap.perform(studio)}
      >
        {say.swapFrom()}
      </Button>
      <ActionButton action={actionWithoutOpacities} side="bottom" />
      <ActionButton action={actionSwapMatrix} side="bottom" />
      <ActionButton action={actionFromReport} side="bottom" />
    </span>
  );
}
