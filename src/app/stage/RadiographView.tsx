/** The viewport in the page. The viewer brings its own focus, keys and words for screen readers. */

import { useEffect, useRef } from 'react';
import { useStudio } from '../StudioContext';
import { mountViewer } from './mountViewer';
import styles from './RadiographView.module.css';

export function RadiographView() {
  const studio = useStudio();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => (frame.current === null ? undefined : mountViewer(studio, frame.current)), [studio]);
  return <div ref={frame} className={styles.frame} data-testid="viewport" />;
}
