/** The one big button with its kinds of work, and while something runs, how far it is. */

import { Compass, SlidersHorizontal, Sparkles, TriangleAlert } from 'lucide-react';
import * as say from '../../messages/en/request';
import { remarkBefore, whyNotExplore, whyNotGenerate, whyNotSweep } from '../../state/commands/generate';
import { seedsAsked } from '../../state/seeds';
import { onlyErases } from '../../state/requestedEdit';
import { currentDocument } from '../../state/slices/documents';
import { openDoubt } from '../../record/studioDocument';
import { actionExplore, actionGenerate, actionSweep } from '../actions/request';
import { QueueButton } from '../queue/QueueButton';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import { EngineProgress } from './EngineProgress';
import styles from './GenerateBar.module.css';
import { SeedCount } from './SeedCount';
import { Working } from './Working';

function NotFrontal({ doubt }: { readonly doubt: string }) {
  const updateCurrent = useStudioState((state) => state.updateCurrent);
  return (
    <div className={styles.warning} role="alert">
      <TriangleAlert aria-hidden size={16} />
      <div>
        <p>{say.notFrontal({ doubt })}</p>
        <Button
          size="small"
          onClick={() => {
            updateCurrent('transient', (document) => ({ ...document, acceptedAsFrontal: true }));
          }}
        >
          {say.continueAnyway()}
        </Button>
      </div>
    </div>
  );
}

/** Other ways to make the same request. */
function OtherWays() {
  const studio = useStudio();
  const reason = useStudioState(whyNotExplore);
  const notSweep = useStudioState(whyNotSweep);
  return (
    <div className={styles.ways}>
      <Hint label={say.exploreHint()} detail={reason ?? say.exploreDetail()} side="top">
        <Button
          size="small"
          tone="quiet"
          icon={Compass}
          aria-disabled={reason !== undefined}
          onClick={() => {
            if (reason === undefined) void actionExplore.perform(studio);
          }}
        >
          {say.explore()}
        </Button>
      </Hint>
      <Hint label={say.sweepHint()} detail={notSweep} side="top">
        <Button
          size="small"
          tone="quiet"
          icon={SlidersHorizontal}
          aria-disabled={notSweep !== undefined}
          onClick={() => {
            if (notSweep === undefined) void actionSweep.perform(studio);
          }}
        >
          {say.sweep()}
        </Button>
      </Hint>
      <QueueButton />
    </div>
  );
}

function generateLabel(erases: boolean, seeds: number, queueing: boolean): string {
  if (queueing) return say.addToQueue();
  if (seeds === 1) return erases ? say.eraseGenerate() : say.generate();
  return erases ? say.eraseGenerateSeveral({ count: seeds }) : say.generateSeveral({ count: seeds });
}

export function GenerateBar() {
  const studio = useStudio();
  const generation = useStudioState((state) => state.generation);
  const engine = useStudioState((state) => state.engine);
  const reason = useStudioState(whyNotGenerate);
  const remark = useStudioState(remarkBefore);
  const erases = useStudioState((state) => {
    const document = currentDocument(state);
    return document !== undefined && onlyErases(document.request, document.mask);
  });
  const doubt = useStudioState((state) => openDoubt(currentDocument(state)));
  const seeds = useStudioState(seedsAsked);
  const demonstrated = useStudioState(
    (state) => state.demonstrated !== undefined && state.demonstrated === state.currentId,
  );
  const running = generation.status === 'running';
  return (
    <div className={styles.bar}>
      {doubt === undefined ? null : <NotFrontal doubt={doubt} />}
      {engine.status === 'ready' ? null : <EngineProgress engine={engine} />}
      {demonstrated ? (
        <p className={styles.coming} role="status">
          {say.startsItself()}
        </p>
      ) : null}
      {running ? <Working generation={generation} /> : null}
      <div className={styles.row}>
        <Button
          tone={running ? 'plain' : 'primary'}
          size="large"
          icon={Sparkles}
          className={styles.generate}
          disabled={reason !== undefined}
          aria-describedby="generate-reason"
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={() => void actionGenerate.perform(studio)}
        >
          {generateLabel(erases, seeds, running)}
        </Button>
        <SeedCount />
      </div>
      <p id="generate-reason" className={styles.reason}>
        {engine.status === 'ready' && doubt === undefined ? reason : undefined}
      </p>
      <p className={styles.reason} role="status" data-testid="request-remark">
        {remark}
      </p>
      <OtherWays />
    </div>
  );
}
