/** Why what is asked cannot be drawn, and the nearest thing that can be done; nothing where it can. */

import { TriangleAlert } from 'lucide-react';
import { toldError } from '../../../messages/language';
import { useStudioState } from '../../StudioContext';
import styles from './SketchControls.module.css';

export function SketchProblem() {
  const sketch = useStudioState((state) => state.sketch);
  if (sketch.status !== 'impossible') return null;
  const { message, advice } = toldError(sketch.problem);
  return (
    <p className={styles.problem} role="status">
      <TriangleAlert aria-hidden size={13} />
      <span>
        {message} {advice}
      </span>
    </p>
  );
}
