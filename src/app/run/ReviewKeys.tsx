/** What the keyboard does in a review. */

import type { ReactNode } from 'react';
import * as say from '../../messages/en/run';
import { REASONS, type Reason } from '../../run/reasons';
import { Rich } from '../ui/Rich';
import styles from './ReviewKeys.module.css';

const WORDS: Readonly<Record<Reason, () => string>> = {
  'too strong': say.tooStrong,
  'too weak': say.tooWeak,
  'wrong place': say.wrongPlace,
  'wrong finding': say.wrongFinding,
  'looks drawn': say.looksDrawn,
  'edges show': say.edgesShow,
  'anatomy changed': say.anatomyChanged,
  'film unfit': say.filmUnfit,
  other: say.other,
};

/** In the language of the screen; what was written by hand is shown as it is. */
export function reasonWords(reason: string): string {
  const known = REASONS.find((each) => each === reason);
  return known === undefined ? reason : WORDS[known]();
}

const KEY = { k: (words: ReactNode) => <kbd className={styles.key}>{words}</kbd> };

export function ReviewKeys() {
  return (
    <div className={styles.keys}>
      <p>
        <Rich message={say.keys} tags={KEY} />
      </p>
      <ul className={styles.reasons} aria-label={say.reasons()}>
        {REASONS.map((reason, index) => (
          <li key={reason}>
            <Rich message={say.reasonKey} values={{ key: index + 1, reason: reasonWords(reason) }} tags={KEY} />
          </li>
        ))}
      </ul>
    </div>
  );
}
