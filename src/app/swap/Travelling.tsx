/** What the reader reads in the donor, and which of it travels. */

import { knowledgeOf, type Side } from '../../findings/knowledge';
import { placesInWords } from '../../findings/placeWords';
import { PLACES, type Finding, type Place } from '../../findings/vocabulary';
import * as say from '../../messages/en/swap';
import { fixed, percent } from '../../messages/numbers';
import { isWithoutSide, type TravellingFinding } from '../../state/swap';
import { findingLabel } from '../findingLabel';
import { placeLabel } from '../placeLabel';
import { severityWord } from '../../findings/words';
import { Tick } from './Tick';
import styles from './Travelling.module.css';

interface TravellingProps {
  readonly findings: readonly TravellingFinding[];
  readonly chosen: readonly Finding[];
  /** Zones whose opacity travels. */
  readonly zones: readonly Place[];
  /** Of a pneumothorax whose side was not read. */
  readonly side: Side;
  readonly onChosen: (chosen: readonly Finding[]) => void;
  readonly onZones: (zones: readonly Place[]) => void;
}

function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

function where(each: TravellingFinding, side: Side): string {
  const { severities } = each;
  const places = PLACES.filter(
    (place) => severities[place] !== undefined && (!isWithoutSide(each) || place.startsWith(side)),
  );
  const greatest = Math.max(0, ...Object.values(severities));
  return say.usualPlace({ grade: severityWord(greatest), places: placesInWords(places) });
}

export function Travelling({ findings, chosen, zones, side, onChosen, onZones }: TravellingProps) {
  const opacity = findings.find(({ finding }) => knowledgeOf(finding).opacityLike);
  const zoned = findings.some(({ finding }) => chosen.includes(finding) && knowledgeOf(finding).opacityLike);
  return (
    <div className={styles.travelling}>
      <fieldset className={styles.places}>
        <legend className={styles.heading}>{say.findings()}</legend>
        {findings.map((each) => (
          <Tick
            key={each.finding}
            label={findingLabel(each.finding)}
            detail={percent(each.probability)}
            note={each.placed ? undefined : where(each, side)}
            checked={chosen.includes(each.finding)}
            onToggle={() => {
              onChosen(toggled(chosen, each.finding));
            }}
          />
        ))}
      </fieldset>
      {opacity === undefined || !zoned ? null : (
        <fieldset className={styles.places}>
          <legend className={styles.heading}>{say.zones()}</legend>
          {PLACES.flatMap((place) => {
            const severity = opacity.severities[place];
            if (severity === undefined) return [];
            return [
              <Tick
                key={place}
                label={placeLabel(place)}
                detail={say.gradeNamed({ grade: fixed(severity, 1), name: severityWord(severity) })}
                checked={zones.includes(place)}
                onToggle={() => {
                  onZones(toggled(zones, place));
                }}
              />,
            ];
          })}
        </fieldset>
      )}
    </div>
  );
}
