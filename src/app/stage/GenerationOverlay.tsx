/** A quiet line over the viewport while a counterfactual is being made. */

import { currentStep } from '../../state/slices/generation';
import { useStudioState } from '../StudioContext';
import styles from './GenerationOverlay.module.css';

export function GenerationOverlay() {
  const generation = useStudioState((state) => state.generation);
  const here = useStudioState((state) => state.generation.status === 'running' && state.generation.documentId === state.currentId);
  if (generation.status !== 'running' || !here) return null;
  return (
    <div className={styles.overlay} aria-hidden>
      <span className={styles.pulse} />
      {generation.stage === 'sample' ? `Step ${String(currentStep(generation))} of ${String(generation.steps)}` : 'Preparing'}
    </div>
  );
}
