/** Covers the picture while its pixels come from storage, and says so where they cannot: nobody shall take another picture for it. */

import * as say from '../../messages/en/stage';
import { useStudioState } from '../StudioContext';
import { ProblemText } from '../ui/Problem';
import styles from './PixelsOverlay.module.css';

/** @param second covers the other pane of two; the first has said it */
export function PixelsOverlay({ second = false }: { readonly second?: boolean }) {
  const pixels = useStudioState((state) => state.pixels);
  if (pixels.status === 'here') return null;
  return (
    <div className={styles.overlay} {...(second ? { 'aria-hidden': true } : { role: 'status' })}>
      {pixels.status === 'loading' ? (
        <span className={styles.loading}>{say.pixelsComing()}</span>
      ) : (
        <div className={styles.lost}>
          <ProblemText problem={pixels.problem} />
        </div>
      )}
    </div>
  );
}
