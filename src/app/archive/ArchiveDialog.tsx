/** Searches the archive, and opens films of it as if they had been dropped. */

import { FolderOpen, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Archive } from '../../dicom/web/archive';
import type { ArchiveStudy } from '../../dicom/web/query';
import { StudySearch } from '../../dicom/web/study-search';
import * as say from '../../messages/en/archive';
import * as errors from '../../messages/en/errors';
import { isAbort, toProblem } from '../../record/problem';
import { fetchFromArchive, type ArchiveFilm } from '../../state/commands/archive';
import { openDropped } from '../../state/commands/openDropped';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Switch } from '../ui/Switch';
import styles from './Archive.module.css';
import { SearchForm } from './SearchForm';
import { StudyRow } from './StudyRow';
import { useArchive } from './useArchive';

interface Found {
  readonly studies: readonly ArchiveStudy[];
  readonly more: boolean;
}

export default function ArchiveDialog() {
  const studio = useStudio();
  const setDialog = useStudioState((state) => state.setDialog);
  const { name, state, ask, callOff } = useArchive<undefined>();
  const search = useRef<StudySearch>(undefined);
  /** Stays while more is asked for, and when that fails. */
  const [listed, setListed] = useState<Found>();
  const [named, setNamed] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, ArchiveFilm>>(new Map());
  const found = listed;
  const proceed = (searchIn: (archive: Archive) => StudySearch): void => {
    void ask(async (archive, signal) => {
      const going = searchIn(archive);
      search.current = going;
      try {
        await going.next(signal);
      } finally {
        // One modality may have answered before the other failed; nothing found is said only when all have.
        const { studies, more } = going;
        if (!signal.aborted && (studies.length > 0 || !more)) setListed({ studies, more });
      }
      return undefined;
    });
  };
  const choose = (film: ArchiveFilm): void => {
    const { sopInstanceUid } = film.instance;
    const others = new Map(chosen);
    if (!others.delete(sopInstanceUid)) others.set(sopInstanceUid, film);
    setChosen(others);
  };
  /** How many films are here already; undefined: none is being fetched. */
  const [fetched, setFetched] = useState<number>();
  const fetching = useRef<AbortController>(undefined);
  // Leaving the dialog calls it off, too.
  useEffect(() => () => fetching.current?.abort(), []);
  /** As if their files had been dropped: every check, question and error of those. */
  const open = async (): Promise<void> => {
    const controller = new AbortController();
    fetching.current = controller;
    setFetched(0);
    try {
      const archive = await studio.services.openArchive(name);
      const files = await fetchFromArchive(archive, [...chosen.values()], controller.signal, setFetched);
      fetching.current = undefined;
      setDialog(undefined);
      await openDropped(studio, files);
    } catch (error) {
      setFetched(undefined);
      if (isAbort(error)) return;
      const problem = toProblem(error, errors.askingArchive());
      studio.store.getState().notify({ tone: 'error', title: say.notOpened(), problems: [problem] });
    }
  };
  return (
    <Sheet
      name="archive"
      title={say.title()}
      about={say.about({ archive: name })}
      foot={
        <>
          <Switch label={say.showNames()} checked={named} onChange={setNamed} />
          <p className={styles.words} aria-live="polite">
            {fetched === undefined ? say.chosen({ count: chosen.size }) : say.fetched({ count: fetched })}
          </p>
          {fetched === undefined ? (
            <Button
              key="open"
              tone="primary"
              icon={FolderOpen}
              disabled={chosen.size === 0}
              onClick={() => void open()}
            >
              {say.open({ count: chosen.size })}
            </Button>
          ) : (
            <Button
              key="stop"
              icon={Square}
              onClick={() => {
                fetching.current?.abort();
              }}
            >
              {say.stopFetching()}
            </Button>
          )}
        </>
      }
    >
      <SearchForm
        busy={state.status === 'asking'}
        onStop={callOff}
        onSearch={(query) => {
          setListed(undefined);
          setChosen(new Map());
          search.current = undefined;
          proceed((archive) => new StudySearch(archive, query));
        }}
      />
      {state.status === 'failed' ? (
        <div role="alert">
          <ProblemText problem={state.problem} />
        </div>
      ) : null}
      <p className={styles.status} role="status">
        {state.status === 'asking'
          ? say.searching({ archive: name })
          : state.status === 'failed'
            ? ''
            : found === undefined
              ? say.begin()
              : found.studies.length === 0
                ? say.nothing()
                : say.found({ count: found.studies.length })}
      </p>
      {found === undefined || found.studies.length === 0 ? null : (
        <ul className={styles.studies} aria-label={say.studies()}>
          {found.studies.map((study) => (
            <StudyRow
              key={study.studyInstanceUid}
              study={study}
              named={named}
              isChosen={({ instance }) => chosen.has(instance.sopInstanceUid)}
              onChoose={choose}
            />
          ))}
        </ul>
      )}
      {found?.more === true ? (
        <Button
          disabled={state.status === 'asking'}
          onClick={() => {
            const { current: going } = search;
            if (going !== undefined) proceed(() => going);
          }}
        >
          {say.more()}
        </Button>
      ) : null}
    </Sheet>
  );
}
