/** What the reader reads in the donor, and which of it travels. */

import { knowledgeOf } from '../../findings/knowledge';
import { placePhrases } from '../../findings/places';
import { PLACES, type Finding, type Place } from '../../findings/vocabulary';
import type { TravellingFinding } from '../../state/swap';
import { findingLabel } from '../findingLabel';
import { placeLabel } from '../placeLabel';
import { severityWord } from '../request/severityScale';
import { Tick } from './Tick';
import styles from './Travelling.module.css';

interface TravellingProps {
  readonly findings: readonly TravellingFinding[];
  readonly chosen: readonly Finding[];
  /** Zones whose opacity travels. */
  readonly zones: readonly Place[];
  readonly onChosen: (chosen: readonly Finding[]) => void;
  readonly onZones: (zones: readonly Place[]) => void;
}

function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

function where({ severities }: TravellingFinding): string {
  const places = PLACES.filter((place) => severities[place] !== undefined);
  const greatest = Math.max(0, ...Object.values(severities));
  return `${severityWord(greatest)}, usual place: ${placePhrases(places).join(' and ')}`;
}

export function Travelling({ findings, chosen, zones, onChosen, onZones }: TravellingProps) {
  const opacity = findings.find(({ finding }) => knowledgeOf(finding).opacityLike);
  const zoned = findings.some(({ finding }) => chosen.includes(finding) && knowledgeOf(finding).opacityLike);
  return (
    <div className={styles.travelling}>
      <fieldset className={styles.places}>
        <legend className={styles.heading}>Findings that travel</legend>
        {findings.map((each) => (
          <Tick
            key={each.finding}
            label={findingLabel(each.finding)}
            detail={`${String(Math.round(each.probability * 100))} %`}
            note={each.placed ? undefined : where(each)}
            checked={chosen.includes(each.finding)}
            onToggle={() => { onChosen(toggled(chosen, each.finding)); }}
          />
        ))}
      </fieldset>
      {opacity === undefined || !zoned ? null : (
        <fieldset className={styles.places}>
          <legend className={styles.heading}>Zones whose opacity travels, as read</legend>
          {PLACES.flatMap((place) => {
            const severity = opacity.severities[place];
            if (severity === undefined) return [];
            return [
              <Tick
                key={place}
                label={placeLabel(place)}
                detail={`${severity.toFixed(1)}, ${severityWord(severity)}`}
                checked={zones.includes(place)}
                onToggle={() => { onZones(toggled(zones, place)); }}
              />,
            ];
          })}
        </fieldset>
      )}
    </div>
  );
}
