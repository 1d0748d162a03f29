/** A quiet line over the viewport while a counterfactual is being made. */

import * as request from '../../messages/en/request';
import * as say from '../../messages/en/stage';
import { small } from '../../messages/numbers';
import { currentStep, generationHere } from '../../state/slices/generation';
import { useStudioState } from '../StudioContext';
import styles from './GenerationOverlay.module.css';

function overlayText(generation: NonNullable<ReturnType<typeof generationHere>>): string {
  if (generation.stage === 'compose') return say.composing();
  if (generation.stage !== 'sample') return say.preparing();
  if (generation.heldAt !== undefined) return say.paused();
  const step = (generation.kind === 'search' ? request.noise : request.step)({
    step: currentStep(generation),
    steps: generation.steps,
  });
  return generation.preview === undefined ? step : request.preview({ doing: small(step) });
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
