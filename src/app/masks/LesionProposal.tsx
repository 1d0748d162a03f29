/** A lesion cut from what the reader sees, by a threshold that is looked for with the outline on the picture. */

import { ScanSearch } from 'lucide-react';
import { useMemo } from 'react';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import * as say from '../../messages/en/masks';
import { percent } from '../../messages/numbers';
import { acceptProposal } from '../../state/commands/namedMasks';
import { initialThreshold, proposalLoops, THRESHOLD } from '../../state/masks/proposal';
import { proposalMap } from '../../state/masks/proposalMap';
import { currentDocument } from '../../state/slices/documents';
import type { Proposal } from '../../state/slices/masksPanel';
import { analysisOf } from '../../record/studioDocument';
import { actionProposeLesion } from '../actions/maskPixels';
import { findingLabel } from '../findingLabel';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './LesionProposal.module.css';

/** What the threshold is a threshold of. */
function meaning({ finding, threshold }: Proposal): string {
  return finding === 'lung_opacity'
    ? say.opacityAtLeast({ share: percent(threshold) })
    : say.evidenceAtLeast({ share: percent(threshold) });
}

export function LesionProposal() {
  const studio = useStudio();
  const proposal = useStudioState((state) => state.proposal);
  const analysis = useStudioState((state) => analysisOf(currentDocument(state)));
  const setProposal = useStudioState((state) => state.setProposal);
  const found = useMemo(() => FINDINGS.filter((finding) => proposalMap(analysis, finding) !== undefined), [analysis]);
  if (proposal === undefined) {
    return (
      <Button
        size="small"
        className={styles.propose}
        icon={ScanSearch}
        disabled={analysis === undefined}
        onClick={() => void actionProposeLesion.perform(studio)}
      >
        {say.propose()}
      </Button>
    );
  }
  const map = proposalMap(analysis, proposal.finding);
  const nothing = map === undefined || proposalLoops(map, proposal).length === 0;
  const choose = (finding: Finding) => {
    const other = proposalMap(analysis, finding);
    if (other !== undefined) setProposal({ ...proposal, finding, threshold: initialThreshold(other) });
  };
  return (
    <div className={styles.proposal}>
      <label className={styles.line}>
        {say.finding()}
        <select
          className={styles.select}
          value={proposal.finding}
          onChange={({ target }) => {
            choose(target.value as Finding);
          }}
        >
          {found.map((finding) => (
            <option key={finding} value={finding}>
              {findingLabel(finding)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.line}>
        <span>{say.threshold()}</span>
        <span className={styles.value}>{percent(proposal.threshold)}</span>
      </div>
      <LabelledSlider
        label={say.threshold()}
        {...THRESHOLD}
        value={proposal.threshold}
        valueText={percent(proposal.threshold)}
        onChange={(threshold) => {
          setProposal({ ...proposal, threshold: Math.round(threshold * 100) / 100 });
        }}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={proposal.largestOnly}
          onChange={({ target }) => {
            setProposal({ ...proposal, largestOnly: target.checked });
          }}
        />
        {say.largestOnly()}
      </label>
      <p className={styles.meaning} aria-live="polite">
        {nothing ? say.nothingReaches() : meaning(proposal)}
      </p>
      <div className={styles.buttons}>
        <Button
          size="small"
          tone="primary"
          disabled={nothing}
          onClick={() => {
            acceptProposal(studio);
          }}
        >
          {say.makeMask()}
        </Button>
        <Button
          size="small"
          tone="quiet"
          onClick={() => {
            setProposal(undefined);
          }}
        >
          {say.cancel()}
        </Button>
      </div>
    </div>
  );
}
