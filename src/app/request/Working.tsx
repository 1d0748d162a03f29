/** How far the running job is, with the ways to hold it and to end it. */

import { CircleStop, Pause, Play } from 'lucide-react';
import { Progress } from 'radix-ui';
import * as say from '../../messages/en/request';
import { small } from '../../messages/numbers';
import { currentStep, type RunningGeneration } from '../../state/slices/generation';
import { jobTimeLeft, progressPercent } from '../../state/queue/timing';
import { formatDuration } from '../../state/timeLeft';
import { actionCancelGeneration, actionHold } from '../actions/request';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import { Keys } from '../ui/Keys';
import styles from './Working.module.css';

/** What one part of the job is called. */
const PARTS: Readonly<Partial<Record<RunningGeneration['kind'], typeof say.seedOf>>> = {
  candidates: say.seedOf,
  sweep: say.gradeOf,
};

function doing(generation: RunningGeneration): string {
  if (generation.stage === 'compose') return say.composing();
  if (generation.stage === 'read') return say.reading();
  if (generation.stage !== 'sample') return say.loadingNetworks();
  const at = { step: currentStep(generation), steps: generation.steps };
  return generation.kind === 'search' ? say.noise(at) : say.step(at);
}

export function stageText(generation: RunningGeneration): string {
  if (generation.cancelling) return generation.kind === 'search' ? say.keepingBest() : say.stopping();
  if (generation.heldAt !== undefined) return say.paused();
  if (generation.kind === 'undo') return say.undoing({ doing: small(doing(generation)) });
  const part = PARTS[generation.kind];
  if (part === undefined || generation.parts === 1) return doing(generation);
  return part({ part: generation.part + 1, parts: generation.parts, doing: small(doing(generation)) });
}

/** What ending the job means: nothing that is finished is lost. */
function stopLabel({ kind, part, trial }: RunningGeneration): string {
  if (kind === 'search' && trial !== undefined) return say.stopKeepBest();
  return part > 0 ? say.stop() : say.cancel();
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
        <span className={styles.left}>{left === undefined ? '' : say.timeLeft({ time: formatDuration(left) })}</span>
      </div>
      <Progress.Root className={styles.track} value={percent} aria-label={say.progress()}>
        <Progress.Indicator className={styles.done} data-held={held} style={{ width: `${String(percent)}%` }} />
      </Progress.Root>
      <div className={styles.buttons}>
        <Hint label={held ? say.goOn() : say.pauseAfterStep()}>
          <Button
            aria-label={held ? say.goOn() : say.pause()}
            icon={held ? Play : Pause}
            disabled={generation.cancelling}
            onClick={() => void actionHold.perform(studio)}
          />
        </Hint>
        <Button
          icon={CircleStop}
          disabled={generation.cancelling}
          onClick={() => void actionCancelGeneration.perform(studio)}
        >
          {stopLabel(generation)} <Keys shortcut="Escape" />
        </Button>
      </div>
    </div>
  );
}
