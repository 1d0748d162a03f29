/** Below the picture: what is compared with what, and how. */

import * as say from '../../messages/en/stage';
import { shownResult } from '../../state/shownResult';
import { useStudioState } from '../StudioContext';
import { BlinkControls } from './BlinkControls';
import styles from './CompareBar.module.css';
import { ComparedPictures } from './ComparedPictures';
import { ComparisonSwitch } from './ComparisonSwitch';
import { useAutoBlink } from './useAutoBlink';

export function CompareBar() {
  useAutoBlink();
  const hasResult = useStudioState((state) => shownResult(state) !== undefined);
  const blinks = useStudioState((state) => state.comparison === 'blink');
  return (
    <div className={styles.bar} data-tour="compare">
      <ComparisonSwitch />
      {hasResult && blinks ? <BlinkControls /> : null}
      {hasResult ? <ComparedPictures /> : <span className={styles.hint}>{say.nothingToCompare()}</span>}
    </div>
  );
}
