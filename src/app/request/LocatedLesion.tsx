/** Where a lesion that is to go was located: which of the places, how sure, another one, and its outline as a mask. */

import { ArrowRight, Pencil } from 'lucide-react';
import * as say from '../../messages/en/request';
import { capital, small } from '../../messages/numbers';
import { analysisOf } from '../../record/studioDocument';
import { maskFromLocated, turnToLocated } from '../../state/commands/namedMasks';
import { locatedIn, locatedNow } from '../../state/locate';
import { currentDocument } from '../../state/slices/documents';
import { zoneAt } from '../../state/zoneMask';
import { findingLabel } from '../findingLabel';
import { placeLabel } from '../placeLabel';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import styles from './WhereSummary.module.css';

/** Chances from which a place stands out, and may be one at all (docs/evaluation.md). */
const STANDS_OUT = 0.5;
const MAY_BE = 0.15;

export function LocatedLesion() {
  const studio = useStudio();
  const document = useStudioState(currentDocument);
  const candidates = useStudioState((state) => locatedIn(currentDocument(state)));
  const choice = useStudioState((state) => state.locatedChoice);
  const located = candidates && locatedNow(document, choice);
  const analysis = analysisOf(document);
  if (located === undefined || document === undefined || analysis === undefined) return null;
  const { chosen, index } = located;
  const zone = zoneAt(analysis, chosen);
  return (
    <div className={styles.located}>
      <p role="status">
        {say.locatedHere({
          finding: capital(findingLabel(document.request.finding)),
          place: index + 1,
          places: located.candidates.length,
          zone: zone === undefined ? '' : small(placeLabel(zone)),
          likely: chosen.chance >= STANDS_OUT ? say.likely() : chosen.chance >= MAY_BE ? say.possible() : say.faint(),
        })}
      </p>
      <div className={styles.buttons}>
        {located.candidates.length < 2 ? null : (
          <Hint label={say.otherPlaceHint()}>
            <Button
              size="small"
              icon={ArrowRight}
              onClick={() => {
                turnToLocated(studio, 1);
              }}
            >
              {say.otherPlace()}
            </Button>
          </Hint>
        )}
        <Button
          size="small"
          icon={Pencil}
          onClick={() => {
            maskFromLocated(studio);
          }}
        >
          {say.correctOutline()}
        </Button>
      </div>
    </div>
  );
}
