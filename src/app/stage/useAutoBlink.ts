/** In the comparison 'blink', swaps the two pictures at the chosen rate until paused. */

import { useEffect } from 'react';
import { shownResult } from '../../state/shownResult';
import { useStudio, useStudioState } from '../StudioContext';

export function useAutoBlink(): void {
  const { store } = useStudio();
  const running = useStudioState(
    (state) => state.comparison === 'blink' && state.blinkRunning && shownResult(state) !== undefined,
  );
  const rate = useStudioState((state) => state.blinkRate);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      const { blinking, setBlinking } = store.getState();
      setBlinking(!blinking);
    }, 1000 / rate);
    return () => {
      clearInterval(timer);
      store.getState().setBlinking(false);
    };
  }, [store, running, rate]);
}
