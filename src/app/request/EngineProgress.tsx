/** Getting the networks ready, in bytes where bytes are what takes the time; or why they are not. */

import { Progress } from 'radix-ui';
import * as say from '../../messages/en/request';
import { fixed, percent } from '../../messages/numbers';
import { startEngine } from '../../state/commands/startEngine';
import type { EngineState } from '../../state/slices/engine';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { CopyDetails, ProblemText } from '../ui/Problem';
import styles from './EngineProgress.module.css';

const STAGES = {
  download: say.loading,
  verify: say.checking,
  calibrate: say.timing,
  read: say.preparing,
  sample: say.preparing,
  compose: say.preparing,
} as const;

export function downloadText(fraction: number, bytes: number | undefined): string {
  if (bytes === undefined) return percent(fraction);
  return say.loaded({ done: fixed((fraction * bytes) / 1e6, 1), total: fixed(bytes / 1e6, 1) });
}

export function EngineProgress({ engine }: { readonly engine: Exclude<EngineState, { status: 'ready' }> }) {
  const studio = useStudio();
  const bytes = useStudioState((state) => state.release?.bytes);
  if (engine.status === 'failed') {
    return (
      <div className={styles.failed} role="alert">
        <ProblemText problem={engine.problem} />
        <p className={styles.still}>{say.stillUsable()}</p>
        <div className={styles.buttons}>
          <Button size="small" onClick={() => void startEngine(studio)}>
            {say.tryAgain()}
          </Button>
          <CopyDetails problems={[engine.problem]} />
        </div>
      </div>
    );
  }
  const { stage, fraction } = engine;
  return (
    <div className={styles.starting}>
      <div className={styles.words}>
        <span>{STAGES[stage]()}</span>
        <span>{stage === 'download' ? downloadText(fraction, bytes) : ''}</span>
      </div>
      <Progress.Root className={styles.track} value={Math.round(fraction * 100)} aria-label={STAGES[stage]()}>
        <Progress.Indicator className={styles.done} style={{ width: `${String(fraction * 100)}%` }} />
      </Progress.Root>
    </div>
  );
}
