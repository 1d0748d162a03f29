/** Starts, pauses and paces the blinking. */

import { Pause, Play } from 'lucide-react';
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
  const pace = `${rate.toFixed(1)} a second`;
  return (
    <div className={styles.controls} role="group" aria-label="Blinking">
      <Button size="small" icon={running ? Pause : Play} onClick={() => { setRunning(!running); }}>
        {running ? 'Pause' : 'Start'}
      </Button>
      <div className={styles.rate}>
        <LabelledSlider label="Swaps a second" value={rate} {...BLINK_RATE} valueText={pace} onChange={setRate} />
      </div>
      <span className={styles.pace}>{pace}</span>
    </div>
  );
}
