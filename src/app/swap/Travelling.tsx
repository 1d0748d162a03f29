/** What the reader reads in the donor, and which of it travels. */

import { Checkbox, RadioGroup } from 'radix-ui';
import { Check } from 'lucide-react';
import { PLACES, type Finding, type Place } from '../../findings/vocabulary';
import type { TravellingFinding } from '../../state/swap';
import { findingLabel } from '../findingLabel';
import { placeLabel } from '../placeLabel';
import { severityWord } from '../request/severityScale';
import styles from './Travelling.module.css';

interface TravellingProps {
  readonly findings: readonly TravellingFinding[];
  readonly chosen: TravellingFinding;
  readonly taken: readonly Place[];
  readonly onFinding: (finding: Finding) => void;
  readonly onTaken: (taken: readonly Place[]) => void;
}

export function Travelling({ findings, chosen, taken, onFinding, onTaken }: TravellingProps) {
  const places = PLACES.filter((place) => chosen.severities[place] !== undefined);
  return (
    <div className={styles.travelling}>
      <div>
        <h3 id="travels-as" className={styles.heading}>
          Finding that travels
        </h3>
        <RadioGroup.Root
          className={styles.findings}
          aria-labelledby="travels-as"
          value={chosen.finding}
          onValueChange={(value) => {
            const found = findings.find(({ finding }) => finding === value);
            if (found !== undefined) onFinding(found.finding);
          }}
        >
          {findings.map(({ finding, probability, placed }) => (
            <RadioGroup.Item key={finding} value={finding} className={styles.finding}>
              <span>{findingLabel(finding)}</span>
              <span className={styles.detail}>
                {Math.round(probability * 100)} %{placed ? '' : ', place not read'}
              </span>
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </div>
      <fieldset className={styles.places}>
        <legend className={styles.heading}>{chosen.placed ? 'Zones that travel, as read' : 'Where it usually is'}</legend>
        {places.map((place) => {
          const severity = chosen.severities[place] ?? 0;
          const on = taken.includes(place);
          return (
            <label key={place} className={styles.place}>
              <Checkbox.Root
                className={styles.box}
                checked={on}
                onCheckedChange={() => { onTaken(on ? taken.filter((each) => each !== place) : [...taken, place]); }}
              >
                <Checkbox.Indicator>
                  <Check aria-hidden size={13} strokeWidth={3} />
                </Checkbox.Indicator>
              </Checkbox.Root>
              <span>{placeLabel(place)}</span>
              <span className={styles.detail}>
                {severity.toFixed(1)}, {severityWord(severity)}
              </span>
            </label>
          );
        })}
      </fieldset>
    </div>
  );
}
