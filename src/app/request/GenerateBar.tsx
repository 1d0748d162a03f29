/** The one big button, and while it works, how far it is. */

import { CircleStop, Sparkles, TriangleAlert } from 'lucide-react';
import { Progress } from 'radix-ui';
import { whyNotGenerate } from '../../state/commands/generate';
import { currentStep, type Generation } from '../../state/slices/generation';
import { currentDocument } from '../../state/slices/documents';
import { openDoubt } from '../../state/studioDocument';
import { formatDuration, timeLeft } from '../../state/timeLeft';
import { actionCancelGeneration } from '../actions/cancelGeneration';
import { actionGenerate } from '../actions/generate';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Keys } from '../ui/Keys';
import { EngineProgress } from './EngineProgress';
import styles from './GenerateBar.module.css';
import { progressPercent } from './progressPercent';

type Running = Extract<Generation, { status: 'running' }>;

function stageText(generation: Running): string {
  if (generation.cancelling) return 'Cancelling';
  if (generation.stage === 'sample') return `Step ${String(currentStep(generation))} of ${String(generation.steps)}`;
  if (generation.stage === 'compose') return 'Composing at native resolution';
  return generation.stage === 'read' ? 'Reading the radiograph' : 'Loading the networks';
}

function Working({ generation }: { readonly generation: Running }) {
  const studio = useStudio();
  const percent = progressPercent(generation);
  const left = generation.stage === 'sample' ? timeLeft(generation.stageElapsed, generation.fraction) : undefined;
  return (
    <div className={styles.working}>
      <div className={styles.stage}>
        <span aria-live="polite">{stageText(generation)}</span>
        <span className={styles.left}>{left === undefined ? '' : `about ${formatDuration(left)} left`}</span>
      </div>
      <Progress.Root className={styles.track} value={percent} aria-label="Progress of the counterfactual">
        <Progress.Indicator className={styles.done} style={{ width: `${String(percent)}%` }} />
      </Progress.Root>
      <Button icon={CircleStop} disabled={generation.cancelling} onClick={() => void actionCancelGeneration.perform(studio)}>
        Cancel <Keys shortcut="Escape" />
      </Button>
    </div>
  );
}

function NotFrontal({ doubt }: { readonly doubt: string }) {
  const updateCurrent = useStudioState((state) => state.updateCurrent);
  return (
    <div className={styles.warning} role="alert">
      <TriangleAlert aria-hidden size={16} />
      <div>
        <p>
          {doubt} Readings and counterfactuals of anything else mean nothing.
        </p>
        <Button size="small" onClick={() => { updateCurrent((document) => ({ ...document, acceptedAsFrontal: true })); }}>
          Continue anyway
        </Button>
      </div>
    </div>
  );
}

export function GenerateBar() {
  const studio = useStudio();
  const generation = useStudioState((state) => state.generation);
  const engine = useStudioState((state) => state.engine);
  const reason = useStudioState(whyNotGenerate);
  const severity = useStudioState((state) => currentDocument(state)?.request.severity);
  const doubt = useStudioState((state) => openDoubt(currentDocument(state)));
  if (generation.status === 'running') {
    return (
      <div className={styles.bar}>
        <Working generation={generation} />
      </div>
    );
  }
  return (
    <div className={styles.bar}>
      {doubt === undefined ? null : <NotFrontal doubt={doubt} />}
      {engine.status === 'ready' ? null : <EngineProgress engine={engine} />}
      <Button
        tone="primary"
        size="large"
        icon={Sparkles}
        className={styles.generate}
        disabled={reason !== undefined}
        aria-describedby="generate-reason"
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onClick={() => void actionGenerate.perform(studio)}
      >
        {severity === 0 ? 'Erase and generate' : 'Generate'}
      </Button>
      <p id="generate-reason" className={styles.reason}>
        {engine.status === 'ready' && doubt === undefined ? reason : undefined}
      </p>
    </div>
  );
}
