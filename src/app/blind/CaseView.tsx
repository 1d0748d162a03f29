/** One case of the reading, with its four answers by key or by button. */

import { useEffect, useState } from 'react';
import type { Belief, BlindAnswer, BlindCase } from '../../dataset/blind/reading';
import * as say from '../../messages/en/blind';
import { Button } from '../ui/Button';
import styles from './BlindPage.module.css';
import { FilmPicture } from './FilmPicture';
import type { Folder } from './films';

interface CaseViewProps {
  readonly item: BlindCase;
  readonly number: number;
  readonly total: number;
  readonly folder: Folder;
  readonly decode: (file: File) => Promise<ImageData>;
  readonly onAnswer: (answer: BlindAnswer) => void;
  readonly onBack: (() => void) | undefined;
}

const BELIEFS: readonly Belief[] = [0, 1, 2, 3];
const SINGLE = [say.realSure, say.realUnsure, say.madeUnsure, say.madeSure];
const PAIR = [say.leftSure, say.leftUnsure, say.rightUnsure, say.rightSure];

export function CaseView({ item, number, total, folder, decode, onAnswer, onBack }: CaseViewProps) {
  const [tell, setTell] = useState('');
  const [began] = useState(() => performance.now());
  const words = item.kind === 'single' ? SINGLE : PAIR;
  const films =
    item.kind === 'single'
      ? [{ film: item.film, name: say.film({ number: String(number) }) }]
      : [
          { film: item.left, name: say.leftFilm() },
          { film: item.right, name: say.rightFilm() },
        ];
  const answer = (belief: Belief): void => {
    onAnswer({ belief, tell, milliseconds: performance.now() - began });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // Digits and Backspace belong to the field while something is typed there.
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
      const belief = BELIEFS[Number(event.key) - 1];
      if (belief !== undefined) answer(belief);
      else if (event.key === 'Backspace') onBack?.();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  });
  return (
    <section className={styles.case} aria-label={say.position({ number: String(number), total: String(total) })}>
      <div className={styles.films}>
        {films.map(({ film, name }) => {
          const file = folder.get(film.path);
          return file === undefined ? null : <FilmPicture key={film.path} file={file} name={name} decode={decode} />;
        })}
      </div>
      <p className={styles.question} role="status">
        <span>{item.kind === 'single' ? say.isItReal() : say.whichIsMade()}</span>
        <span className={styles.position}>{say.position({ number: String(number), total: String(total) })}</span>
      </p>
      <div className={styles.buttons}>
        {BELIEFS.map((belief) => (
          <Button
            key={belief}
            onClick={() => {
              answer(belief);
            }}
          >
            <kbd>{String(belief + 1)}</kbd> {words[belief]?.()}
          </Button>
        ))}
      </div>
      <div className={styles.buttons}>
        <label className={styles.tell}>
          {say.tell()}
          <input
            value={tell}
            onChange={(event) => {
              setTell(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        </label>
        <Button tone="quiet" disabled={onBack === undefined} onClick={onBack}>
          {say.stepBack()}
        </Button>
      </div>
      <p className={styles.note}>{say.keys()}</p>
    </section>
  );
}
