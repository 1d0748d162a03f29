/** Below the picture: what is compared with what, and how. */

import { useRef } from 'react';
import * as say from '../../messages/en/stage';
import { shownResult } from '../../state/shownResult';
import { useStudioState } from '../StudioContext';
import { BlinkControls } from './BlinkControls';
import styles from './CompareBar.module.css';
import { ComparedPictures } from './ComparedPictures';
import { ComparisonSwitch } from './ComparisonSwitch';
import { useAutoBlink } from './useAutoBlink';
import { useHeightOf } from './useHeightOf';

export function CompareBar() {
  useAutoBlink();
  const bar = useRef<HTMLDivElement>(null);
  // Notices stand above it: it tells what the colours of a difference mean.
  useHeightOf(bar, '--compare-bar');
  const hasResult = useStudioState((state) => shownResult(state) !== undefined);
  const blinks = useStudioState((state) => state.comparison === 'blink');
  return (
    <div ref={bar} className={styles.bar} data-tour="compare">
      <ComparisonSwitch />
      {hasResult && blinks ? <BlinkControls /> : null}
      {hasResult ? <ComparedPictures /> : <span className={styles.hint}>{say.nothingToCompare()}</span>}
    </div>
  );
}
