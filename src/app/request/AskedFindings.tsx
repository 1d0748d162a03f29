/** The findings of one edit, where there are several: one is in the controls, each can be left out, and why they cannot go together. */

import { TriangleAlert } from 'lucide-react';
import { isRemoval, type FindingChange } from '../../findings/change';
import { severityWord } from '../../findings/words';
import * as say from '../../messages/en/request';
import { chooseAsked, dropAsked, settleDisagreement } from '../../state/commands/request';
import { allAsked } from '../../record/editRequest';
import { disagreement } from '../../state/requestedEdit';
import { currentDocument } from '../../state/slices/documents';
import { findingLabel } from '../findingLabel';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { CrossButton } from '../ui/CrossButton';
import styles from './AskedFindings.module.css';
import { placesText } from './placesText';

function inShort(change: FindingChange): string {
  const { severity, severities, places } = change;
  const where = placesText(places);
  if (isRemoval(change)) return places.length === 0 ? say.goesNowhere() : say.goesFrom({ places: where });
  const name = severityWord(severity);
  return say.degreeAndPlaces({ degree: severities === undefined ? name : say.upTo({ grade: name }), places: where });
}

interface RowProps {
  readonly asked: FindingChange;
  readonly chosen: boolean;
  /** A painted mask is of another of them. */
  readonly aside: boolean;
}

function Row({ asked, chosen, aside }: RowProps) {
  const studio = useStudio();
  const { finding, places } = asked;
  const name = findingLabel(finding);
  return (
    <li className={styles.row} data-chosen={chosen} data-aside={aside}>
      <button
        type="button"
        className={styles.choose}
        aria-pressed={chosen}
        onClick={() => {
          chooseAsked(studio, finding);
        }}
      >
        <span className={styles.name}>{name}</span>
        <span className={styles.detail} data-missing={places.length === 0 && !chosen && !aside}>
          {inShort(asked)}
        </span>
      </button>
      <CrossButton
        label={say.leaveOut({ finding: name })}
        title={say.leaveOut({ finding: name })}
        onClick={() => {
          dropAsked(studio, finding);
        }}
      />
    </li>
  );
}

/** Why they cannot be asked together, and the nearest that can be by one press. */
function Disagreement() {
  const studio = useStudio();
  const request = useStudioState((state) => currentDocument(state)?.request);
  const found = request === undefined ? undefined : disagreement(request);
  if (found === undefined) return null;
  return (
    <div className={styles.odd} role="status">
      {found.reasons.map((reason) => (
        <p key={reason}>
          <TriangleAlert aria-hidden size={13} />
          <span>{reason}</span>
        </p>
      ))}
      {found.instead === undefined ? null : (
        <Button
          size="small"
          tone="primary"
          className={styles.settle}
          onClick={() => {
            settleDisagreement(studio);
          }}
        >
          {say.settle()}
        </Button>
      )}
    </div>
  );
}

export function AskedFindings() {
  const request = useStudioState((state) => currentDocument(state)?.request);
  const masked = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  if (request === undefined || request.further.length === 0) return null;
  return (
    <div className={styles.asked}>
      <p id="asked-together" className={styles.heading}>
        {masked ? say.maskOfOne() : say.together()}
      </p>
      <ul className={styles.list} aria-labelledby="asked-together">
        {allAsked(request).map((asked) => {
          const chosen = asked.finding === request.finding;
          return <Row key={asked.finding} asked={asked} chosen={chosen} aside={masked && !chosen} />;
        })}
      </ul>
      {masked ? null : <Disagreement />}
    </div>
  );
}
