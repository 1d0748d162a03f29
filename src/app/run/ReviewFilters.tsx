/** Which results are looked at. */

import { useMemo } from 'react';
import * as receipt from '../../messages/en/receipt';
import * as say from '../../messages/en/run';
import { choicesOf, type ReviewFilter, type ReviewItem } from '../../state/run/reviewFilter';
import styles from './ReviewFilters.module.css';

interface ReviewFiltersProps {
  readonly items: readonly ReviewItem[];
  readonly shown: readonly ReviewItem[];
  readonly filter: ReviewFilter;
  readonly onChange: (filter: ReviewFilter) => void;
}

export function ReviewFilters({ items, shown, filter, onChange }: ReviewFiltersProps) {
  const classes = useMemo(() => counted(items, 'class'), [items]);
  const sources = useMemo(() => counted(items, 'source'), [items]);
  const set = (facet: keyof ReviewFilter) => (value: string) => {
    onChange({ ...filter, [facet]: value });
  };
  return (
    <div className={styles.filters}>
      <Choice
        label={say.filterDecision()}
        value={filter.decision}
        onChange={set('decision')}
        choices={[
          ['none', say.undecided()],
          ['accept', say.acceptedChoice()],
          ['reject', say.rejectedChoice()],
        ]}
      />
      <Choice
        label={say.filterVerdict()}
        value={filter.verdict}
        onChange={set('verdict')}
        choices={[
          ['green', receipt.good()],
          ['amber', receipt.withCare()],
          ['red', receipt.doNotRely()],
        ]}
      />
      <Choice label={say.filterClass()} value={filter.class} onChange={set('class')} choices={classes} />
      {sources.length < 2 ? null : (
        <Choice label={say.filterSource()} value={filter.source} onChange={set('source')} choices={sources} />
      )}
      <p className={styles.sum} aria-live="polite">
        {say.shownOf({
          shown: shown.length,
          total: items.length,
          accepted: items.filter(({ accepted }) => accepted).length,
        })}
      </p>
    </div>
  );
}

function counted(items: readonly ReviewItem[], facet: 'class' | 'source'): readonly (readonly [string, string])[] {
  return [...choicesOf(items, facet)].map(([name, count]) => [
    name,
    say.choice({ name: name === '' ? say.noSource() : name.replaceAll('_', ' '), count }),
  ]);
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, words: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      {label}
      <select
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">{say.any()}</option>
        {choices.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
