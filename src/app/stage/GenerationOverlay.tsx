/** A quiet line over the viewport while a counterfactual is being made. */

import { currentStep, generationHere } from '../../state/slices/generation';
import { useStudioState } from '../StudioContext';
import styles from './GenerationOverlay.module.css';

function overlayText(generation: NonNullable<ReturnType<typeof generationHere>>): string {
  if (generation.stage === 'compose') return 'Composing';
  if (generation.stage !== 'sample') return 'Preparing';
  if (generation.heldAt !== undefined) return 'Paused';
  const unit = generation.kind === 'search' ? 'Noise' : 'Step';
  const step = `${unit} ${String(currentStep(generation))} of ${String(generation.steps)}`;
  return generation.preview === undefined ? step : `Preview · ${step.toLowerCase()}`;
}

export function GenerationOverlay() {
  const generation = useStudioState(generationHere);
  if (generation === undefined) return null;
  return (
    <div className={styles.overlay} aria-hidden>
      <span className={styles.pulse} />
      {overlayText(generation)}
    </div>
  );
}
