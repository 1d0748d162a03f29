/** The centre: the radiograph, quiet and black, with its tools at the edge. */

import * as say from '../../messages/en/stage';
import { shownResult } from '../../state/shownResult';
import { CandidateStrip } from '../candidates/CandidateStrip';
import { useStudioState } from '../StudioContext';
import { useFilled } from '../useFilled';
import { CompareBar } from './CompareBar';
import { CreditLine } from './CreditLine';
import { EmptyStage } from './EmptyStage';
import { GenerationOverlay } from './GenerationOverlay';
import { MasksDock } from './MasksDock';
import { OptionsBar } from './OptionsBar';
import { PixelsOverlay } from './PixelsOverlay';
import { RadiographView } from './RadiographView';
import { SecondPane } from './SecondPane';
import styles from './Stage.module.css';
import { ToolBar } from './ToolBar';

export function Stage() {
  const filled = useFilled();
  const beside = useStudioState((state) => state.comparison === 'sideBySide' && shownResult(state) !== undefined);
  if (!filled) {
    return (
      <main className={styles.stage} aria-label={say.radiograph()}>
        <EmptyStage />
      </main>
    );
  }
  return (
    <main className={styles.stage} aria-label={say.radiograph()} data-open>
      <ToolBar />
      <MasksDock />
      <div className={styles.middle}>
        <OptionsBar />
        <div className={styles.pictures}>
          <div className={styles.picture}>
            <RadiographView />
            <PixelsOverlay />
            <GenerationOverlay />
            <CreditLine />
          </div>
          {beside ? (
            <div className={styles.picture}>
              <SecondPane />
              <PixelsOverlay second />
            </div>
          ) : null}
        </div>
        <CompareBar />
        <CandidateStrip />
      </div>
    </main>
  );
}
