/** How far the running job is, with the ways to hold it and to end it. */

import { CircleStop, Pause, Play } from 'lucide-react';
import { Progress } from 'radix-ui';
import { currentStep, type RunningGeneration } from '../../state/slices/generation';
import { jobTimeLeft, progressPercent } from '../../state/queue/timing';
import { formatDuration } from '../../state/timeLeft';
import { actionCancelGeneration } from '../actions/cancelGeneration';
import { actionHold } from '../actions/hold';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import { Keys } from '../ui/Keys';
import styles from './Working.module.css';

/** What one part of the job is called. */
const PARTS: Readonly<Partial<Record<RunningGeneration['kind'], string>>> = { candidates: 'Seed', sweep: 'Grade' };

function doing(generation: RunningGeneration): string {
  if (generation.stage === 'compose') return 'Composing';
  if (generation.stage === 'read') return 'Reading';
  if (generation.stage !== 'sample') return 'Loading networks';
  const step = `${String(currentStep(generation))} of ${String(generation.steps)}`;
  return generation.kind === 'search' ? `Noise ${step}` : `Step ${step}`;
}

export function stageText(generation: RunningGeneration): string {
  if (generation.cancelling) return generation.kind === 'search' ? 'Keeping the best so far' : 'Stopping';
  if (generation.heldAt !== undefined) return 'Paused';
  if (generation.kind === 'undo') return `Undoing · ${doing(generation).toLowerCase()}`;
  const part = PARTS[generation.kind];
  if (part === undefined || generation.parts === 1) return doing(generation);
  return `${part} ${String(generation.part + 1)} of ${String(generation.parts)} · ${doing(generation).toLowerCase()}`;
}

/** What ending the job means: nothing that is finished is lost. */
function stopLabel({ kind, part, trial }: RunningGeneration): string {
  if (kind === 'search' && trial !== undefined) return 'Stop, keep the best';
  return part > 0 ? 'Stop' : 'Cancel';
}

export function Working({ generation }: { readonly generation: RunningGeneration }) {
  const studio = useStudio();
  const percent = progressPercent(generation);
  const left = jobTimeLeft(generation);
  const held = generation.heldAt !== undefined;
  return (
    <div className={styles.working}>
      <div className={styles.stage}>
        <span aria-live="polite">{stageText(generation)}</span>
        <span className={styles.left}>{left === undefined ? '' : `about ${formatDuration(left)} left`}</span>
      </div>
      <Progress.Root className={styles.track} value={percent} aria-label="Progress of the counterfactual">
        <Progress.Indicator className={styles.done} data-held={held} style={{ width: `${String(percent)}%` }} />
      </Progress.Root>
      <div className={styles.buttons}>
        <Hint label={held ? 'Go on' : 'Pause after this step'}>
          <Button
            aria-label={held ? 'Go on' : 'Pause'}
            icon={held ? Play : Pause}
            disabled={generation.cancelling}
            onClick={() => void actionHold.perform(studio)}
          />
        </Hint>
        <Button icon={CircleStop} disabled={generation.cancelling} onClick={() => void actionCancelGeneration.perform(studio)}>
          {stopLabel(generation)} <Keys shortcut="Escape" />
        </Button>
      </div>
    </div>
  );
}
