/** Where opacity came and went, in plain words with the grades beside them. By the second reader. */

import { ZONES } from '../../findings/vocabulary';
import type { Version } from '../../state/studioDocument';
import { placeLabel } from '../placeLabel';
import { changeInWords, zoneChanges } from './zoneChanges';
import styles from './ZoneChanges.module.css';

const grade = (value: number): string => value.toFixed(1);

export function ZoneChanges({ version }: { readonly version: Version }) {
  const { before, after, recipe } = version.counterfactual;
  const changes = zoneChanges(before.zoneSeverity, after.zoneSeverity, recipe.edit.places);
  const others = ZONES.length - changes.length;
  return (
    <section className={styles.zones} aria-label="Opacity by zone">
      <h3 className={styles.title}>Opacity by zone, 0 to 3</h3>
      <ul>
        {changes.map((change) => (
          <li key={change.zone} className={styles.row}>
            <span className={styles.name}>{placeLabel(change.zone)}</span>
            <span>{changeInWords(change)}</span>
            <span className={styles.grades}>
              {grade(change.before)} → {grade(change.after)}
            </span>
          </li>
        ))}
        {others === 0 ? null : (
          <li className={styles.rest}>
            {changes.length === 0 ? 'No zone changed noticeably.' : `${others === 1 ? 'The other zone' : `The other ${String(others)} zones`} stayed as before.`}
          </li>
        )}
      </ul>
    </section>
  );
}
