/** How far the run is, what can be done about it, and what failed. */

import { FolderOpen, ListChecks, Pause, Play, RotateCcw, Square } from 'lucide-react';
import { useMemo } from 'react';
import * as say from '../../messages/en/run';
import { grouped } from '../../messages/numbers';
import { remarksOf } from '../../run/item';
import { classReviews, doneOf } from '../../run/review';
import { chooseFilms, closeRun, goOn, holdRun, releaseRun, stopRun } from '../../state/commands/planRun';
import { finishedOf, type OpenRun } from '../../state/slices/run';
import { formatDuration } from '../../state/timeLeft';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Rich } from '../ui/Rich';
import styles from './RunPart.module.css';

export function RunPart({ run }: { readonly run: OpenRun }) {
  const { place, work } = run;
  return (
    <div className={styles.part}>
      <section className={styles.head} aria-live="polite">
        <p className={styles.status}>{statusOf(run)}</p>
        <Progress run={run} />
        {work.status === 'resting' ? null : (
          <p className={styles.quiet}>
            {work.item === undefined ? say.between() : say.making({ film: work.item.film, request: work.item.request })}
          </p>
        )}
        {work.status === 'resting' && work.problem !== undefined ? <ProblemText problem={work.problem} /> : null}
        <Deeds run={run} />
        <p className={styles.quiet}>{place.kind === 'browser' ? say.kept() : say.inFolder({ name: place.name })}</p>
      </section>
      <Classes run={run} />
      <Failures run={run} />
      <Remarks run={run} />
      <OtherRuns />
    </div>
  );
}

/** A film that may be mirrored, say: nothing failed, and it should be known. */
function Remarks({ run: { outcomes } }: { readonly run: OpenRun }) {
  const remarks = useMemo(() => remarksOf(outcomes.values()), [outcomes]);
  if (remarks.length === 0) return null;
  return (
    <section aria-labelledby="run-remarks">
      <h3 id="run-remarks" className={styles.heading}>
        {say.remarks()}
      </h3>
      <ul className={styles.failures}>
        {remarks.map(({ film, text }) => (
          <li key={`${film} ${text}`}>
            <Rich message={say.remarkOf} values={{ film, remark: text }} tags={{ b: (words) => <b>{words}</b> }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OtherRuns() {
  const studio = useStudio();
  return (
    <div>
      <Button size="small" tone="quiet" icon={ListChecks} onClick={() => void closeRun(studio)}>
        {say.otherRuns()}
      </Button>
    </div>
  );
}

function statusOf(run: OpenRun): string {
  const { finished, total } = finishedOf(run);
  const { work } = run;
  switch (work.status) {
    case 'resting':
      if (run.plan === undefined) return say.noPlan();
      return finished === total
        ? say.allDone({ total: grouped(total) })
        : say.notBegun({ finished: grouped(finished), total: grouped(total) });
    case 'held':
      return say.held({ finished, total });
    case 'stopping':
      return say.stopping();
    case 'running':
      return work.millisecondsLeft === undefined || work.millisecondsLeft === 0
        ? say.doneOf({ finished, total })
        : say.left({ finished, total, time: formatDuration(work.millisecondsLeft) });
  }
}

function Progress({ run }: { readonly run: OpenRun }) {
  const { finished, total } = finishedOf(run);
  const part = run.work.status === 'resting' ? 0 : run.work.fraction;
  return <progress className={styles.bar} aria-label={say.progress()} max={total} value={finished + part} />;
}

function Deeds({ run }: { readonly run: OpenRun }) {
  const studio = useStudio();
  const isReady = useStudioState(({ engine }) => engine.status === 'ready');
  const { work, plan, films, outcomes } = run;
  const { finished, total } = finishedOf(run);
  const failed = [...outcomes.values()].some(({ status }) => status === 'failed');
  if (work.status !== 'resting')
    return (
      <div className={styles.deeds}>
        {work.status === 'held' ? (
          <Button
            icon={Play}
            tone="primary"
            onClick={() => {
              releaseRun(studio);
            }}
          >
            {say.goOn()}
          </Button>
        ) : (
          <Button
            icon={Pause}
            disabled={work.status === 'stopping'}
            onClick={() => {
              holdRun(studio);
            }}
          >
            {say.pause()}
          </Button>
        )}
        <Button
          icon={Square}
          disabled={work.status === 'stopping'}
          onClick={() => {
            stopRun(studio);
          }}
        >
          {say.stop()}
        </Button>
      </div>
    );
  if (plan === undefined || (finished === total && !failed)) return null;
  return (
    <>
      {films === undefined ? (
        <p>{say.needsFilms()}</p>
      ) : isReady ? null : (
        <p className={styles.quiet}>{say.needsNetworks()}</p>
      )}
      <div className={styles.deeds}>
        {films === undefined ? (
          <Button icon={FolderOpen} tone="primary" onClick={() => void chooseFilms(studio)}>
            {say.chooseFilms()}
          </Button>
        ) : (
          <>
            {finished < total ? (
              <Button icon={Play} tone="primary" disabled={!isReady} onClick={() => void goOn(studio)}>
                {say.goOn()}
              </Button>
            ) : null}
            {failed ? (
              <Button icon={RotateCcw} disabled={!isReady} onClick={() => void goOn(studio, { retryFailed: true })}>
                {say.retryFailed()}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </>
  );
}

function Classes({ run: { outcomes, plan, decisions } }: { readonly run: OpenRun }) {
  const classes = useMemo(() => classReviews(doneOf(outcomes.values()), plan, decisions), [outcomes, plan, decisions]);
  if (classes.length === 0) return null;
  const planned = (name: string): number => plan?.generated.filter((item) => item.class === name).length ?? 0;
  return (
    <table className={styles.classes}>
      <thead>
        <tr>
          {[say.className, say.made, say.accepted, say.reviewed].map((words) => (
            <th key={words()} scope="col">
              {words()}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map(({ class: name, results, accepted, reviewed }) => (
          <tr key={name}>
            <th scope="row">{name.replaceAll('_', ' ')}</th>
            <td>{plan === undefined ? grouped(results) : say.doneOf({ finished: results, total: planned(name) })}</td>
            <td>{grouped(accepted)}</td>
            <td>{grouped(reviewed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Failures({ run: { outcomes } }: { readonly run: OpenRun }) {
  const failed = useMemo(
    () => [...outcomes.values()].flatMap((outcome) => (outcome.status === 'failed' ? [outcome] : [])),
    [outcomes],
  );
  if (failed.length === 0) return null;
  return (
    <section aria-labelledby="run-failures">
      <h3 id="run-failures" className={styles.heading}>
        {say.failures()}
      </h3>
      <ul className={styles.failures}>
        {failed.map(({ item, error }) => (
          <li key={item.id}>
            <Rich
              message={say.failure}
              values={{ film: item.film, request: item.request, why: error.message, advice: error.advice }}
              tags={{ b: (words) => <b>{words}</b> }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
