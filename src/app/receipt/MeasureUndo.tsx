/** Taking the edit back costs another generation, so it is done when asked for. */

import { Undo2 } from 'lucide-react';
import * as say from '../../messages/en/receipt';
import { measureUndo } from '../../state/commands/candidates';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './ReceiptRow.module.css';

export function MeasureUndo({ versionId }: { readonly versionId: string }) {
  const studio = useStudio();
  const status = useStudioState(
    ({ jobs }) => jobs.find(({ job }) => job.kind === 'undo' && job.resultId === versionId)?.status,
  );
  const ready = useStudioState((state) => state.engine.status === 'ready');
  const waiting = status !== undefined && status !== 'failed';
  return (
    <div className={styles.measure}>
      <Button
        size="small"
        icon={Undo2}
        disabled={waiting || !ready}
        onClick={() => void measureUndo(studio, versionId)}
      >
        {status === 'waiting' ? say.waiting() : waiting ? say.measuring() : say.measureNow()}
      </Button>
    </div>
  );
}
