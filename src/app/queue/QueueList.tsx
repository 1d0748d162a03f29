/** Every job with what can be done about it: hold, end, try again, move. */

import { ArrowDown, ArrowUp, Pause, Play, RotateCcw, X, type LucideIcon } from 'lucide-react';
import { cancelJob, holdJob, moveJob, resumeJob, retryJob } from '../../state/commands/queue';
import { jobKindName, type QueuedJob } from '../../state/queue/job';
import { jobTimeLeft, progressPercent } from '../../state/queue/timing';
import { formatDuration } from '../../state/timeLeft';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './QueueList.module.css';

function Deed({ icon: Icon, label, disabled = false, onClick }: { readonly icon: LucideIcon; readonly label: string; readonly disabled?: boolean; readonly onClick: () => void }) {
  return (
    <button type="button" className={styles.deed} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon aria-hidden size={14} />
    </button>
  );
}

function useStatusText(queued: QueuedJob): string {
  const running = useStudioState(({ generation }) => (generation.status === 'running' && generation.jobId === queued.job.id ? generation : undefined));
  const { done, parts } = queued.job;
  const kept = done > 0 ? `, ${String(done)} of ${String(parts.length)} done` : '';
  switch (queued.status) {
    case 'waiting':
      return `Waiting${kept}`;
    case 'failed':
      return `Failed${kept}: ${queued.problem.message}`;
    case 'ending':
      return 'Stopping';
    case 'held':
      return `Paused${kept}`;
    case 'running': {
      if (running === undefined) return 'Starting';
      const left = jobTimeLeft(running);
      return `${String(progressPercent(running))} %${left === undefined ? '' : `, about ${formatDuration(left)} left`}${kept}`;
    }
  }
}

function Row({ queued, first, last }: { readonly queued: QueuedJob; readonly first: boolean; readonly last: boolean }) {
  const studio = useStudio();
  const { job, status } = queued;
  const text = useStatusText(queued);
  const name = useStudioState(({ documents }) => documents.find(({ id }) => id === job.documentId)?.radiograph.name ?? 'closed');
  return (
    <li className={styles.row} data-status={status} aria-label={`${jobKindName(job)}: ${job.label}`}>
      <div className={styles.words}>
        <span className={styles.label} title={job.label}>{job.label}</span>
        <span className={styles.detail}>
          {jobKindName(job)} · {name}
        </span>
        <span className={styles.status}>{text}</span>
      </div>
      <div className={styles.deeds}>
        {status === 'waiting' ? (
          <>
            <Deed icon={ArrowUp} label="Earlier" disabled={first} onClick={() => { moveJob(studio, job.id, -1); }} />
            <Deed icon={ArrowDown} label="Later" disabled={last} onClick={() => { moveJob(studio, job.id, 1); }} />
          </>
        ) : null}
        {status === 'running' ? <Deed icon={Pause} label="Pause after this step" onClick={() => { holdJob(studio); }} /> : null}
        {status === 'held' ? <Deed icon={Play} label="Go on" onClick={() => { resumeJob(studio); }} /> : null}
        {status === 'failed' ? <Deed icon={RotateCcw} label="Try again" onClick={() => { retryJob(studio, job.id); }} /> : null}
        <Deed icon={X} label={status === 'failed' ? 'Remove' : 'Cancel'} disabled={status === 'ending'} onClick={() => { cancelJob(studio, job.id); }} />
      </div>
    </li>
  );
}

export function QueueList({ jobs }: { readonly jobs: readonly QueuedJob[] }) {
  const waiting = jobs.filter(({ status }) => status === 'waiting');
  return (
    <ol className={styles.list} aria-label="Jobs">
      {jobs.map((queued) => (
        <Row key={queued.job.id} queued={queued} first={waiting[0] === queued} last={waiting.at(-1) === queued} />
      ))}
    </ol>
  );
}
