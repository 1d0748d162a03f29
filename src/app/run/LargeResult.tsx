/** The result under the keys, to look at closely: over the others, which keep the keys. */

import { useEffect, useState } from 'react';
import { largeStrip } from '../../state/run/readStrip';
import type { ReviewItem } from '../../state/run/reviewFilter';
import type { ShownStrip, Strips } from '../../state/run/strips';
import { useStudio } from '../StudioContext';
import styles from './LargeResult.module.css';
import { StripPictures } from './StripPictures';

interface LargeResultProps {
  readonly item: ReviewItem;
  readonly strips: Strips;
  readonly words: string;
  readonly onClose: () => void;
}

export function LargeResult({ item: { id, done }, strips, words, onClose }: LargeResultProps) {
  const studio = useStudio();
  const [large, setLarge] = useState<{ readonly id: string; readonly strip: ShownStrip }>();
  useEffect(() => {
    let isShown = true;
    void largeStrip(studio, id).then((strip) => {
      if (isShown) setLarge({ id, strip: strip ?? 'missing' });
    });
    return () => {
      isShown = false;
    };
  }, [studio, id]);
  // The small one until the large one is there, and where the film is not at hand.
  const small = strips.get(id);
  const own = large?.id === id ? large.strip : undefined;
  const isWhole = own !== undefined && own !== 'missing' && (own.source !== undefined || small === undefined);
  return (
    <div className={styles.large} onClick={onClose} data-testid="large-result">
      <StripPictures strip={isWhole ? own : (small ?? own)} />
      <p className={styles.words}>
        {done.item.request}
        <span>{words}</span>
      </p>
    </div>
  );
}
