/** One patient with one donor's opacities. */

import { Loader } from 'lucide-react';
import * as say from '../../messages/en/swap';
import type { Cell } from '../../state/commands/swapMatrix';
import type { MatrixDonor } from '../../state/slices/matrix';
import type { StudioDocument } from '../../record/studioDocument';
import { zonesAsAsked } from '../../state/swapMatrix';
import { useStudioState } from '../StudioContext';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './MatrixDialog.module.css';

const WORDS = {
  itself: say.itsOwn,
  nothing: say.nothingToChange,
  open: say.notMade,
  waiting: say.waits,
  running: say.beingMade,
  failed: say.failed,
} as const;

export function MatrixCell({
  document,
  donor,
  cell,
}: {
  readonly document: StudioDocument;
  readonly donor: MatrixDonor;
  readonly cell: Cell;
}) {
  const showDocument = useStudioState((state) => state.showDocument);
  const setDialog = useStudioState((state) => state.setDialog);
  if (cell.status !== 'done') {
    return (
      <div className={styles.cell} data-status={cell.status}>
        {cell.status === 'itself' ? <ThumbnailImage thumbnail={document.thumbnail} className={styles.picture} /> : null}
        {cell.status === 'running' ? <Loader aria-hidden size={16} className={styles.spinner} /> : null}
        {WORDS[cell.status]()}
      </div>
    );
  }
  const { version } = cell;
  const right = zonesAsAsked(version.counterfactual);
  return (
    <button
      type="button"
      className={styles.result}
      aria-label={say.cell({ patient: document.radiograph.name, donor: donor.title, right })}
      onClick={() => {
        showDocument(document.id, version.id);
        setDialog(undefined);
      }}
    >
      <ThumbnailImage thumbnail={version.thumbnail} className={styles.picture} />
      <span className={styles.synthetic}>{say.synthetic()}</span>
      <span className={styles.agreement} data-good={right >= 5}>
        {say.zonesAsAsked({ right })}
      </span>
    </button>
  );
}
