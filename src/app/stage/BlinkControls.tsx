/** Starts, pauses and paces the blinking. */

import { Pause, Play } from 'lucide-react';
import * as say from '../../messages/en/stage';
import { fixed } from '../../messages/numbers';
import { BLINK_RATE } from '../../state/slices/compare';
import { useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './BlinkControls.module.css';

export function BlinkControls() {
  const running = useStudioState((state) => state.blinkRunning);
  const rate = useStudioState((state) => state.blinkRate);
  const setRunning = useStudioState((state) => state.setBlinkRunning);
  const setRate = useStudioState((state) => state.setBlinkRate);
  const pace = say.pace({ rate: fixed(rate, 1) });
  return (
    <div className={styles.controls} role="group" aria-label={say.blinking()}>
      <Button
        size="small"
        icon={running ? Pause : Play}
        onClick={() => {
          setRunning(!running);
        }}
      >
        {running ? say.pause() : say.start()}
      </Button>
      <div className={styles.rate}>
        <LabelledSlider label={say.swaps()} value={rate} {...BLINK_RATE} valueText={pace} onChange={setRate} />
      </div>
      <span className={styles.pace}>{pace}</span>
    </div>
  );
}
