/** Parts of the anatomy that become a mask by one press, laid out as they lie in the picture. */

import { maskFromAnatomy } from '../../state/commands/namedMasks';
import { ANATOMY, type AnatomyPart } from '../../state/masks/anatomyMask';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf } from '../../state/studioDocument';
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

function partOf(id: string): AnatomyPart | undefined {
  return ANATOMY.find((part) => part.id === id);
}

export function AnatomyMasks() {
  const studio = useStudio();
  const isRead = useStudioState((state) => analysisOf(currentDocument(state)) !== undefined);
  return (
    <div className={styles.parts}>
      {isRead ? null : <p className={styles.wait}>The anatomist has not read this radiograph yet.</p>}
      {ROWS.flat().map((id) => {
        const part = partOf(id);
        return part === undefined ? null : (
          <button key={id} type="button" className={styles.part} disabled={!isRead} aria-label={`Mask from ${part.name.toLowerCase()}`} onClick={() => { maskFromAnatomy(studio, part); }}>
            {part.name.replace(' zone', '')}
          </button>
        );
      })}
    </div>
  );
}
