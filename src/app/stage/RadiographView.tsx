/** The viewport in the page. The viewer brings its own focus, keys and words for screen readers. */

import { useEffect, useRef } from 'react';
import { useStudio } from '../StudioContext';
import { useAfterwards } from '../ui/useAfterwards';
import { mountViewer } from './mountViewer';
import styles from './RadiographView.module.css';

export function RadiographView() {
  const studio = useStudio();
  const frame = useRef<HTMLDivElement>(null);
  const due = useAfterwards();
  useEffect(() => (!due || frame.current === null ? undefined : mountViewer(studio, frame.current)), [studio, due]);
  return <div ref={frame} className={styles.frame} data-testid="viewport" />;
}
