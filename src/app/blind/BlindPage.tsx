/** Blind reading of a folder of real and made films: what a radiologist needs to judge this product, or any other. */

import { Download, FolderOpen, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  blindRows,
  filmsByPath,
  pairs,
  scores,
  singles,
  type Answered,
  type BlindAnswer,
  type BlindCase,
} from '../../dataset/blind/reading';
import { csvOf } from '../../dataset/csv';
import * as say from '../../messages/en/blind';
import { saveFile } from '../saveFile';
import { Button } from '../ui/Button';
import styles from './BlindPage.module.css';
import { CaseView } from './CaseView';
import { decodeFilm, pickFolder, type Folder } from './films';
import { ScoreTable } from './ScoreTable';

interface BlindPageProps {
  readonly pick?: () => Promise<Folder>;
  readonly decode?: (file: File) => Promise<ImageData>;
}

type Mode = 'pairs' | 'singles';
const MODES = { pairs: [say.inPairs, say.inPairsAbout], singles: [say.oneByOne, say.oneByOneAbout] } as const;

export function BlindPage({ pick = pickFolder, decode = decodeFilm }: BlindPageProps) {
  const [folder, setFolder] = useState<Folder>(new Map());
  const [mode, setMode] = useState<Mode>('pairs');
  const [seed, setSeed] = useState(1);
  const [cases, setCases] = useState<readonly BlindCase[]>();
  const [answers, setAnswers] = useState<readonly BlindAnswer[]>([]);
  const films = useMemo(() => filmsByPath([...folder.keys()].sort()), [folder]);
  const count = (truth: 'real' | 'made'): number => films.filter((film) => film.truth === truth).length;
  const ready = count('real') > 0 && count('made') > 0;
  const start = (): void => {
    setAnswers([]);
    setCases((mode === 'pairs' ? pairs : singles)(films, seed));
  };
  const answered: readonly Answered[] = (cases ?? []).flatMap((item, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ item, answer }];
  });
  const current = cases?.[answers.length];
  const save = (): void => {
    saveFile(
      new TextEncoder().encode(csvOf(blindRows(answered))),
      `blind-reading-${mode}-${String(seed)}.csv`,
      'text/csv',
    );
  };
  if (cases !== undefined && current !== undefined) {
    return (
      <main className={styles.page}>
        <CaseView
          key={answers.length}
          item={current}
          number={answers.length + 1}
          total={cases.length}
          folder={folder}
          decode={decode}
          onAnswer={(answer) => {
            setAnswers([...answers, answer]);
          }}
          onBack={
            answers.length === 0
              ? undefined
              : () => {
                  setAnswers(answers.slice(0, -1));
                }
          }
        />
      </main>
    );
  }
  return (
    <main className={styles.page}>
      <header>
        <h1 className={styles.title}>{say.title()}</h1>
        <p className={styles.about}>{say.about()}</p>
        <a className={styles.back} href={import.meta.env.BASE_URL}>
          {say.back()}
        </a>
      </header>
      {answered.length > 0 ? (
        <>
          <ScoreTable scores={scores(answered)} />
          <div className={styles.buttons}>
            <Button tone="primary" icon={Download} onClick={save}>
              {say.save()}
            </Button>
          </div>
        </>
      ) : null}
      <p className={styles.about}>{say.howTo()}</p>
      <div className={styles.buttons}>
        <Button
          icon={FolderOpen}
          onClick={() =>
            void pick().then((chosen) => {
              if (chosen.size > 0) {
                setFolder(chosen);
                setCases(undefined);
                setAnswers([]);
              }
            })
          }
        >
          {say.choose()}
        </Button>
        {folder.size === 0 ? null : (
          <p role="status">{ready ? say.found({ real: count('real'), made: count('made') }) : say.nothingFound()}</p>
        )}
      </div>
      <fieldset className={styles.modes}>
        <legend>{say.mode()}</legend>
        {(Object.keys(MODES) as Mode[]).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="mode"
              checked={mode === each}
              onChange={() => {
                setMode(each);
              }}
            />
            <span>
              {MODES[each][0]()} <small>{MODES[each][1]()}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label className={styles.tell}>
        {say.seed()}
        <input
          type="number"
          min={0}
          value={seed}
          onChange={(event) => {
            setSeed(Math.max(0, Math.floor(event.target.valueAsNumber) || 0));
          }}
        />
      </label>
      <div className={styles.buttons}>
        <Button tone="primary" icon={Play} disabled={!ready} onClick={start}>
          {answered.length > 0 ? say.again() : say.start()}
        </Button>
      </div>
    </main>
  );
}
