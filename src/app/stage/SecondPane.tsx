/** The result beside what it is compared with. */

import { useEffect, useRef } from 'react';
import { useStudio } from '../StudioContext';
import { mountSecondViewer } from './mountSecondViewer';
import styles from './RadiographView.module.css';

export function SecondPane() {
  const studio = useStudio();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => (frame.current === null ? undefined : mountSecondViewer(studio, frame.current)), [studio]);
  return <div ref={frame} className={styles.frame} data-testid="second-viewport" />;
}
