/** A severity for each place of the request. */

import { MAX_SEVERITY } from '../../findings/vocabulary';
import { severityWord, shortPlaceName } from '../../findings/words';
import * as say from '../../messages/en/request';
import { fixed } from '../../messages/numbers';
import { setPlaceSeverity } from '../../state/commands/request';
import { severityAt, type EditRequest } from '../../record/editRequest';
import { placeLabel } from '../placeLabel';
import { useStudio } from '../StudioContext';
import { LabelledSlider } from '../ui/LabelledSlider';
import styles from './PlaceSeverities.module.css';

export function PlaceSeverities({ request }: { readonly request: EditRequest }) {
  const studio = useStudio();
  return (
    <ul className={styles.list} aria-label={say.severityOfEach()}>
      {request.places.map((place) => {
        const severity = severityAt(request, place);
        return (
          <li key={place} className={styles.row}>
            <span className={styles.place}>{placeLabel(place)}</span>
            <LabelledSlider
              label={say.severityAt({ place: shortPlaceName(place) })}
              value={severity}
              min={0}
              max={MAX_SEVERITY}
              step={0.1}
              valueText={say.gradeNamed({ grade: fixed(severity, 1), name: severityWord(severity) })}
              onChange={(next) => {
                setPlaceSeverity(studio, place, Math.round(next * 10) / 10);
              }}
            />
            <span className={styles.value}>{severity === 0 ? say.clear() : fixed(severity, 1)}</span>
          </li>
        );
      })}
    </ul>
  );
}
