/** Parts of the anatomy that become a mask by one press, laid out as they lie in the picture. */

import { ZONES } from '../../findings/vocabulary';
import { shortPlaceName } from '../../findings/words';
import * as actions from '../../messages/en/actions';
import * as say from '../../messages/en/masks';
import { capital } from '../../messages/numbers';
import { maskFromAnatomy } from '../../state/commands/namedMasks';
import { ANATOMY, type AnatomyPart } from '../../state/masks/anatomyMask';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../record/studioDocument';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './AnatomyMasks.module.css';

/** The patient's right lies at the left. */
const ROWS: readonly (readonly string[])[] = [
  ['lungs', 'heart'],
  ['right-lung', 'left-lung'],
  ['right_upper', 'left_upper'],
  ['right_mid', 'left_mid'],
  ['right_lower', 'left_lower'],
];

/** On the button, where the rows say that zones are meant. */
function partLabel({ id, name }: AnatomyPart): string {
  const zone = ZONES.find((each) => each === id);
  return capital(zone === undefined ? name() : shortPlaceName(zone));
}

function partOf(id: string): AnatomyPart | undefined {
  return ANATOMY.find((part) => part.id === id);
}

export function AnatomyMasks() {
  const studio = useStudio();
  const isRead = useStudioState((state) => analysisOf(currentDocument(state)) !== undefined);
  return (
    <div className={styles.parts}>
      {isRead ? null : <p className={styles.wait}>{say.notRead()}</p>}
      {ROWS.flat().map((id) => {
        const part = partOf(id);
        return part === undefined ? null : (
          <button
            key={id}
            type="button"
            className={styles.part}
            disabled={!isRead}
            aria-label={actions.maskFromPart({ part: part.name() })}
            onClick={() => {
              maskFromAnatomy(studio, part);
            }}
          >
            {partLabel(part)}
          </button>
        );
      })}
    </div>
  );
}
