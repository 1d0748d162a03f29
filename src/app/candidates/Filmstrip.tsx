/** The candidates of a set side by side. Arrow keys move, Enter keeps, P pins, C compares, Delete drops. */

import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import * as say from '../../messages/en/candidates';
import {
  compareCandidate,
  discardCandidate,
  keepCandidate,
  pinCandidate,
  showCandidate,
  stepCandidate,
} from '../../state/commands/candidates';
import type { CandidateSet } from '../../record/candidates';
import { currentDocument } from '../../state/slices/documents';
import type { Studio } from '../../state/studio';
import { useStudio, useStudioState } from '../StudioContext';
import { CandidateCard } from './CandidateCard';
import styles from './Filmstrip.module.css';

const KEYS: Readonly<Record<string, (studio: Studio, shown: string) => void>> = {
  ArrowLeft: (studio) => {
    stepCandidate(studio, -1);
  },
  ArrowUp: (studio) => {
    stepCandidate(studio, -1);
  },
  ArrowRight: (studio) => {
    stepCandidate(studio, 1);
  },
  ArrowDown: (studio) => {
    stepCandidate(studio, 1);
  },
  Enter: keepCandidate,
  p: pinCandidate,
  Delete: discardCandidate,
};

export function Filmstrip({ set, waiting }: { readonly set: CandidateSet; readonly waiting: number }) {
  const studio = useStudio();
  const shownId = useStudioState((state) => currentDocument(state)?.shownVersionId);
  const comparedId = useStudioState((state) => (state.comparison === 'sideBySide' ? state.comparedId : undefined));
  const strip = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const optionId = (index: number) => `${prefix}${String(index)}`;
  const at = set.items.findIndex(({ id }) => id === shownId);
  useEffect(() => {
    strip.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const perform = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (perform === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    perform(studio, set.items[at]?.id ?? '');
  };

  return (
    <div
      ref={strip}
      className={styles.strip}
      role="listbox"
      tabIndex={0}
      aria-label={say.candidates()}
      aria-orientation="horizontal"
      aria-activedescendant={at < 0 ? undefined : optionId(at)}
      onKeyDown={press}
    >
      {set.items.map((candidate, index) => (
        <CandidateCard
          key={candidate.id}
          id={optionId(index)}
          kind={set.kind}
          candidate={candidate}
          shown={candidate.id === shownId}
          compared={candidate.id === comparedId}
          onShow={() => {
            showCandidate(studio, candidate.id);
          }}
        />
      ))}
      {Array.from({ length: waiting }, (_, index) => (
        <span key={index} className={styles.ghost} aria-hidden />
      ))}
    </div>
  );
}

/** For the button beside: compares the shown candidate with the one after it, or before it where it is the last. */
export function compareNeighbour(studio: Studio, set: CandidateSet, shownId: string): void {
  const at = set.items.findIndex(({ id }) => id === shownId);
  const other = set.items[at + 1] ?? set.items[at - 1];
  if (other !== undefined) compareCandidate(studio, other.id);
}
