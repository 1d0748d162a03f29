/** Every job with what can be done about it: hold, end, try again, move. */

import { ArrowDown, ArrowUp, Pause, Play, RotateCcw, X, type LucideIcon } from 'lucide-react';
import * as say from '../../messages/en/queue';
import { toldError } from '../../messages/language';
import { percent } from '../../messages/numbers';
import { cancelJob, holdJob, moveJob, resumeJob, retryJob } from '../../state/commands/queue';
import { jobKindName, type QueuedJob } from '../../record/job';
import { jobTimeLeft, progressPercent } from '../../state/queue/timing';
import { formatDuration } from '../../state/timeLeft';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './QueueList.module.css';

function Deed({
  icon: Icon,
  label,
  disabled = false,
  onClick,
}: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className={styles.deed}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon aria-hidden size={14} />
    </button>
  );
}

function failure(why: string, done: number, parts: number): string {
  return done > 0 ? say.failedDone({ done, parts, why }) : say.failed({ why });
}

function useStatusText(queued: QueuedJob): string {
  const running = useStudioState(({ generation }) =>
    generation.status === 'running' && generation.jobId === queued.job.id ? generation : undefined,
  );
  const { done, parts } = queued.job;
  const withDone = (status: string): string =>
    done > 0 ? say.withDone({ status, done, parts: parts.length }) : status;
  switch (queued.status) {
    case 'waiting':
      return withDone(say.waiting());
    case 'failed':
      return failure(toldError(queued.problem).message, done, parts.length);
    case 'ending':
      return say.stopping();
    case 'held':
      return withDone(say.paused());
    case 'running': {
      if (running === undefined) return say.starting();
      const left = jobTimeLeft(running);
      const share = percent(progressPercent(running) / 100);
      return withDone(left === undefined ? share : say.runningDone({ share, time: formatDuration(left) }));
    }
  }
}

function Row({ queued, first, last }: { readonly queued: QueuedJob; readonly first: boolean; readonly last: boolean }) {
  const studio = useStudio();
  const { job, status } = queued;
  const text = useStatusText(queued);
  const name = useStudioState(
    ({ documents }) => documents.find(({ id }) => id === job.documentId)?.radiograph.name ?? say.closed(),
  );
  return (
    <li
      className={styles.row}
      data-status={status}
      aria-label={say.jobNamed({ kind: jobKindName(job), request: job.label })}
    >
      <div className={styles.words}>
        <span className={styles.label} title={job.label}>
          {job.label}
        </span>
        <span className={styles.detail}>{say.jobOf({ kind: jobKindName(job), radiograph: name })}</span>
        <span className={styles.status}>{text}</span>
      </div>
      <div className={styles.deeds}>
        {status === 'waiting' ? (
          <>
            <Deed
              icon={ArrowUp}
              label={say.earlier()}
              disabled={first}
              onClick={() => {
                moveJob(studio, job.id, -1);
              }}
            />
            <Deed
              icon={ArrowDown}
              label={say.later()}
              disabled={last}
              onClick={() => {
                moveJob(studio, job.id, 1);
              }}
            />
          </>
        ) : null}
        {status === 'running' ? (
          <Deed
            icon={Pause}
            label={say.pauseAfterStep()}
            onClick={() => {
              holdJob(studio);
            }}
          />
        ) : null}
        {status === 'held' ? (
          <Deed
            icon={Play}
            label={say.goOn()}
            onClick={() => {
              resumeJob(studio);
            }}
          />
        ) : null}
        {status === 'failed' ? (
          <Deed
            icon={RotateCcw}
            label={say.tryAgain()}
            onClick={() => {
              retryJob(studio, job.id);
            }}
          />
        ) : null}
        <Deed
          icon={X}
          label={status === 'failed' ? say.remove() : say.cancel()}
          disabled={status === 'ending'}
          onClick={() => {
            cancelJob(studio, job.id);
          }}
        />
      </div>
    </li>
  );
}

export function QueueList({ jobs }: { readonly jobs: readonly QueuedJob[] }) {
  const waiting = jobs.filter(({ status }) => status === 'waiting');
  return (
    <ol className={styles.list} aria-label={say.jobs()}>
      {jobs.map((queued) => (
        <Row key={queued.job.id} queued={queued} first={waiting[0] === queued} last={waiting.at(-1) === queued} />
      ))}
    </ol>
  );
}
