/** The centre: the radiograph, quiet and black, with its tools at the edge. */

import { currentDocument } from '../../state/slices/documents';
import { useStudioState } from '../StudioContext';
import { EmptyStage } from './EmptyStage';
import { GenerationOverlay } from './GenerationOverlay';
import { OptionsBar } from './OptionsBar';
import { RadiographView } from './RadiographView';
import styles from './Stage.module.css';
import { ToolBar } from './ToolBar';

export function Stage() {
  const empty = useStudioState((state) => currentDocument(state) === undefined);
  if (empty) {
    return (
      <main className={styles.stage} aria-label="Radiograph">
        <EmptyStage />
      </main>
    );
  }
  return (
    <main className={styles.stage} aria-label="Radiograph" data-open>
      <ToolBar />
      <div className={styles.middle}>
        <OptionsBar />
        <div className={styles.picture}>
          <RadiographView />
          <GenerationOverlay />
        </div>
      </div>
    </main>
  );
}
