/** Under the viewport: results that wait to be kept, one set at a time. */

import { BookmarkPlus, Columns2, FileDown, Images, Pin, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import * as say from '../../messages/en/candidates';
import { candidateSets, shownSet, type CandidateSet } from '../../record/candidates';
import { discardSet, showCandidate, shownCandidate, showSet } from '../../state/commands/candidates';
import { currentDocument } from '../../state/slices/documents';
import { actionDiscardCandidate, actionKeepCandidate, actionPinCandidate } from '../actions/candidate';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import styles from './CandidateStrip.module.css';
import { compareNeighbour, Filmstrip } from './Filmstrip';
import { SearchFrontier } from './SearchFrontier';
import { SweepVerdict } from './SweepVerdict';

const KINDS: Readonly<Record<CandidateSet['kind'], () => string>> = {
  candidates: say.candidates,
  search: say.search,
  sweep: say.sweep,
};

function Tabs({
  sets,
  shown,
  onShow,
}: {
  readonly sets: readonly CandidateSet[];
  readonly shown: CandidateSet;
  readonly onShow: (set: CandidateSet) => void;
}) {
  if (sets.length < 2) return <b className={styles.kind}>{KINDS[shown.kind]()}</b>;
  return (
    <div className={styles.tabs} role="group" aria-label={say.sets()}>
      {sets.map((set) => (
        <button
          key={set.id}
          type="button"
          aria-pressed={set.id === shown.id}
          title={set.label}
          onClick={() => {
            onShow(set);
          }}
        >
          {KINDS[set.kind]()}
        </button>
      ))}
    </div>
  );
}

/** What can be done with the candidate on the screen, and with all. */
function Deeds({ set, running }: { readonly set: CandidateSet; readonly running: boolean }) {
  const studio = useStudio();
  const shown = useStudioState(shownCandidate);
  const comparing = useStudioState((state) => state.comparison === 'sideBySide');
  const [exporting, setExporting] = useState(false);
  const inSet = shown !== undefined && set.items.includes(shown);
  const exportSweep = async () => {
    setExporting(true);
    try {
      const { saveSweep } = await import('./saveSweep');
      await saveSweep(studio, set);
    } finally {
      setExporting(false);
    }
  };
  return (
    <div className={styles.deeds}>
      {set.kind === 'sweep' ? (
        <Button
          size="small"
          icon={FileDown}
          disabled={exporting || running || set.items.length < 2}
          onClick={() => void exportSweep()}
        >
          {say.saveAsPictures()}
        </Button>
      ) : null}
      <Hint label={actionPinCandidate.label()} detail={say.pinnedStay()}>
        <Button
          size="small"
          tone="quiet"
          aria-label={say.pin()}
          icon={Pin}
          aria-pressed={inSet && shown.pinned}
          disabled={!inSet}
          onClick={() => void actionPinCandidate.perform(studio)}
        />
      </Hint>
      <Hint label={say.besideNext()}>
        <Button
          size="small"
          tone="quiet"
          aria-label={say.compareNext()}
          icon={Columns2}
          aria-pressed={inSet && comparing}
          disabled={!inSet || set.items.length < 2}
          onClick={() => {
            if (shown !== undefined) compareNeighbour(studio, set, shown.id);
          }}
        />
      </Hint>
      <Hint label={actionDiscardCandidate.label()}>
        <Button
          size="small"
          tone="quiet"
          aria-label={say.discard()}
          icon={Trash2}
          disabled={!inSet}
          onClick={() => void actionDiscardCandidate.perform(studio)}
        />
      </Hint>
      <Button
        size="small"
        tone="primary"
        icon={BookmarkPlus}
        disabled={!inSet}
        onClick={() => void actionKeepCandidate.perform(studio)}
      >
        {say.keep()}
      </Button>
      <Hint label={running ? say.stopAndDiscard() : say.discardRest()} detail={say.keptStays()}>
        <Button
          size="small"
          tone="quiet"
          aria-label={say.discardRest()}
          icon={X}
          onClick={() => {
            discardSet(studio, set.id);
          }}
        />
      </Hint>
    </div>
  );
}

export function CandidateStrip() {
  const studio = useStudio();
  const document = useStudioState(currentDocument);
  const generation = useStudioState((state) => state.generation);
  const sets = candidateSets(document);
  const running = generation.status === 'running' ? generation : undefined;
  const set = shownSet(document);
  if (set === undefined) return null;
  const isRunning = running?.jobId === set.id;
  const waiting = isRunning ? Math.max(0, set.asked - set.items.length) : 0;
  return (
    <section className={styles.panel} aria-label={say.candidates()}>
      <header className={styles.header}>
        <Images aria-hidden size={14} className={styles.icon} />
        <Tabs
          sets={sets}
          shown={set}
          onShow={({ id, items }) => {
            showSet(studio, id);
            if (items[0] !== undefined) showCandidate(studio, items[0].id);
          }}
        />
        <span className={styles.label} title={set.label}>
          {set.label}
        </span>
        <Deeds set={set} running={isRunning} />
      </header>
      <div className={styles.body}>
        {set.kind === 'search' && set.trials.length > 0 ? (
          <SearchFrontier trials={set.trials} total={set.trials[0]?.trials ?? set.trials.length} />
        ) : null}
        <Filmstrip set={set} waiting={waiting} />
        {set.kind === 'sweep' ? <SweepVerdict set={set} /> : null}
      </div>
    </section>
  );
}
