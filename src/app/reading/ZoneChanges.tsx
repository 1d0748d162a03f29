/** Where opacity came and went, in plain words with the grades beside them. By the second reader. */

import { partsOf } from '../../counterfactual/parts';
import { ZONES } from '../../findings/vocabulary';
import * as say from '../../messages/en/reading';
import * as units from '../../messages/en/units';
import { fixed } from '../../messages/numbers';
import type { Version } from '../../record/studioDocument';
import { placeLabel } from '../placeLabel';
import { changeInWords, zoneChanges } from './zoneChanges';
import styles from './ZoneChanges.module.css';

const grade = (value: number): string => fixed(value, 1);

export function ZoneChanges({ version }: { readonly version: Version }) {
  const { before, after, recipe, measures } = version.counterfactual;
  const changes = zoneChanges(
    before.zoneSeverity,
    after.zoneSeverity,
    partsOf(recipe.edit).flatMap(({ places }) => places),
  );
  const others = ZONES.length - changes.length;
  return (
    <section className={styles.zones} aria-label={say.zones()}>
      <h3 className={styles.title}>{say.zonesTitle()}</h3>
      <ul>
        {changes.map((change) => (
          <li key={change.zone} className={styles.row}>
            <span className={styles.name}>{placeLabel(change.zone)}</span>
            <span>
              {measures?.reached?.includes(change.zone) === false ? say.readersDoing() : changeInWords(change)}
            </span>
            <span className={styles.grades}>
              {units.fromTo({ from: grade(change.before), to: grade(change.after) })}
            </span>
          </li>
        ))}
        {others === 0 ? null : (
          <li className={styles.rest}>{changes.length === 0 ? say.noZone() : say.othersStayed({ count: others })}</li>
        )}
      </ul>
    </section>
  );
}
