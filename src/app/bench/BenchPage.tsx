/** Times the networks on the visitor's own computer and lets them keep the numbers. */

import { Download, Play, Square } from 'lucide-react';
import { useRef, useState } from 'react';
import * as say from '../../messages/en/bench';
import { saveFile } from '../saveFile';
import { Button } from '../ui/Button';
import { benchFile } from './benchFile';
import styles from './BenchPage.module.css';
import { measureInWorker } from './measureInWorker';
import { nameOfJob } from './names';
import { ResultTables } from './ResultTables';
import { PLANS, runBench, type Measure, type Progress, type Scope } from './runBench';

const SCOPES = {
  quick: [say.quick, say.quickAbout],
  networks: [say.networks, say.networksAbout],
  everything: [say.everything, say.everythingAbout],
} as const;

type Stage = 'idle' | 'running' | 'finished' | 'cancelled';

function words(stage: Stage, progress: Progress | undefined): string {
  if (stage === 'finished') return say.finished();
  if (stage === 'cancelled') return say.cancelled();
  if (stage === 'idle' || progress?.job === undefined) return say.idle();
  return say.underWay({ done: progress.done, total: progress.total, what: nameOfJob(progress.job) });
}

export function BenchPage({ measure = measureInWorker }: { readonly measure?: Measure }) {
  const [scope, setScope] = useState<Scope>('quick');
  const [stage, setStage] = useState<Stage>('idle');
  const [progress, setProgress] = useState<Progress>();
  /** The scope that was measured, whatever is chosen since. */
  const [measured, setMeasured] = useState<Scope>('quick');
  const running = useRef<AbortController>(undefined);

  const start = async () => {
    const abort = new AbortController();
    running.current = abort;
    setMeasured(scope);
    setStage('running');
    try {
      await runBench(PLANS[scope], measure, { signal: abort.signal, onProgress: setProgress });
      setStage('finished');
    } catch (error) {
      if (!abort.signal.aborted) throw error;
      setStage('cancelled');
    }
  };
  const save = () => {
    if (progress === undefined) return;
    const now = new Date();
    const bytes = new TextEncoder().encode(
      `${JSON.stringify(benchFile(measured, progress.findings, now), undefined, 2)}\n`,
    );
    saveFile(bytes, `counterpart-bench-${now.toISOString().slice(0, 10)}.json`, 'application/json');
  };
  const found = progress !== undefined && progress.done > 0;

  return (
    <main className={styles.page}>
      <header>
        <h1 className={styles.title}>{say.title()}</h1>
        <p className={styles.about}>{say.about()}</p>
        <a className={styles.back} href={import.meta.env.BASE_URL}>
          {say.back()}
        </a>
      </header>
      <fieldset className={styles.scopes} disabled={stage === 'running'}>
        <legend>{say.scope()}</legend>
        {(Object.keys(SCOPES) as Scope[]).map((each) => (
          <label key={each} className={styles.scope}>
            <input
              type="radio"
              name="scope"
              checked={scope === each}
              onChange={() => {
                setScope(each);
              }}
            />
            <span>
              {SCOPES[each][0]()}
              <small>{SCOPES[each][1]()}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={styles.buttons}>
        {stage === 'running' ? (
          <Button
            icon={Square}
            onClick={() => {
              running.current?.abort();
            }}
          >
            {say.cancel()}
          </Button>
        ) : (
          <Button tone="primary" icon={Play} onClick={() => void start()}>
            {say.start()}
          </Button>
        )}
        <Button icon={Download} disabled={!found || stage === 'running'} onClick={save}>
          {say.save()}
        </Button>
      </div>
      <div className={styles.progress}>
        <p role="status">{words(stage, progress)}</p>
        {stage === 'running' ? (
          <progress aria-label={say.title()} value={progress?.done ?? 0} max={progress?.total ?? 1} />
        ) : null}
      </div>
      {found ? <ResultTables findings={progress.findings} /> : null}
    </main>
  );
}
