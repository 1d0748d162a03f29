/** A study, and its films once it is unfolded. Whose it is stays hidden until the user wants to see it. */

import { ChevronRight, ImageOff } from 'lucide-react';
import { useId, useState } from 'react';
import type { Archive } from '../../dicom/web/archive';
import type { ArchiveInstance, ArchiveSeries, ArchiveStudy } from '../../dicom/web/query';
import * as say from '../../messages/en/archive';
import type { ArchiveFilm } from '../../state/commands/archive';
import { ProblemText } from '../ui/Problem';
import styles from './Archive.module.css';
import { useArchive } from './useArchive';

const THUMBNAIL = 192;

interface SeriesFilms {
  readonly series: ArchiveSeries;
  readonly instances: readonly ArchiveInstance[];
}

async function filmsOf(archive: Archive, study: ArchiveStudy, signal: AbortSignal) {
  const found: SeriesFilms[] = [];
  for (const series of await archive.series(study, signal))
    found.push({ series, instances: await archive.instances(series, signal) });
  return { archive, found };
}

interface StudyRowProps {
  readonly study: ArchiveStudy;
  readonly named: boolean;
  readonly isChosen: (film: ArchiveFilm) => boolean;
  readonly onChoose: (film: ArchiveFilm) => void;
}

export function StudyRow({ study, named, isChosen, onChoose }: StudyRowProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { state, ask } = useArchive<Awaited<ReturnType<typeof filmsOf>>>();
  const { date, time, description, modalities, instances } = study;
  const unfold = (): void => {
    setOpen(!open);
    if (!open && state.status !== 'answered') void ask((archive, signal) => filmsOf(archive, study, signal));
  };
  return (
    <li className={styles.study}>
      <button type="button" className={styles.row} aria-expanded={open} aria-controls={id} onClick={unfold}>
        <ChevronRight aria-hidden size={14} className={styles.arrow} data-open={open} />
        <span className={styles.when}>
          {[date ?? say.noDate(), time].filter((part) => part !== undefined).join(' ')}
        </span>
        <span className={styles.what}>
          {[modalities.join(', '), description].filter((part) => part !== undefined && part !== '').join(' · ')}
        </span>
        <span className={styles.who}>
          {named
            ? [
                study.patientName ?? say.noName(),
                study.patientId,
                study.accession === undefined ? undefined : say.accessionLine({ accession: study.accession }),
              ]
                .filter((part) => part !== undefined)
                .join(' · ')
            : say.hiddenPatient()}
        </span>
        <span className={styles.count}>{instances === undefined ? '' : say.images({ count: instances })}</span>
      </button>
      {open ? (
        <div id={id} className={styles.films}>
          {state.status === 'failed' ? (
            <div role="alert">
              <ProblemText problem={state.problem} />
            </div>
          ) : null}
          {state.status === 'asking' ? <p role="status">{say.loading()}</p> : null}
          {state.status !== 'answered' ? null : state.answer.found.length === 0 ? (
            <p>{say.noSeries()}</p>
          ) : (
            state.answer.found.map(({ series, instances: films }) => (
              <fieldset key={series.seriesInstanceUid} className={styles.series}>
                <legend className={styles.legend}>
                  {say.series({
                    number: String(series.number ?? '–'),
                    description: series.description ?? say.noDescription(),
                  })}
                </legend>
                <div className={styles.grid}>
                  {films.map((instance) => {
                    const film = { study, series, instance };
                    return (
                      <Film
                        key={instance.sopInstanceUid}
                        film={film}
                        picture={state.answer.archive.thumbnail(instance, THUMBNAIL)}
                        chosen={isChosen(film)}
                        onChoose={onChoose}
                      />
                    );
                  })}
                </div>
              </fieldset>
            ))
          )}
        </div>
      ) : null}
    </li>
  );
}

interface FilmProps {
  readonly film: ArchiveFilm;
  readonly picture: string;
  readonly chosen: boolean;
  readonly onChoose: (film: ArchiveFilm) => void;
}

/** What has no picture (a report, a presentation state) says so by its absence, and when it is opened. */
function Film({ film, picture, chosen, onChoose }: FilmProps) {
  const [absent, setAbsent] = useState(false);
  const { series, instance } = film;
  const label = say.film({
    modality: series.modality ?? '',
    series: String(series.number ?? 0),
    number: String(instance.number ?? 0),
  });
  const size =
    instance.columns === undefined || instance.rows === undefined
      ? ''
      : `${String(instance.columns)} × ${String(instance.rows)}`;
  return (
    <button
      type="button"
      className={styles.film}
      aria-pressed={chosen}
      aria-label={label}
      onClick={() => {
        onChoose(film);
      }}
    >
      <span className={styles.frame}>
        {absent ? (
          <ImageOff aria-hidden size={18} strokeWidth={1.6} />
        ) : (
          <img
            className={styles.picture}
            src={picture}
            alt=""
            loading="lazy"
            onError={() => {
              setAbsent(true);
            }}
          />
        )}
      </span>
      <span>{label}</span>
      <span className={styles.size}>{size}</span>
    </button>
  );
}
