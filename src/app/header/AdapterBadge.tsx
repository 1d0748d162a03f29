/** What the studio computes on. Opens to the measured calibration and to the reasons. */

import { Cpu, Gauge, Loader, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import { startEngine } from '../../state/commands/startEngine';
import type { EngineState } from '../../state/slices/engine';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { classes } from '../ui/classes';
import { CopyDetails, ProblemText } from '../ui/Problem';
import styles from './AdapterBadge.module.css';

const BACKENDS = { webgpu: 'GPU', wasm: 'CPU' } as const;
const BACKEND_NAMES = { webgpu: 'WebGPU', wasm: 'WebAssembly' } as const;

export function secondsPerEdit(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds))} s/edit`;
}

function Summary({ engine, lastEdit }: { readonly engine: EngineState; readonly lastEdit: number | undefined }) {
  if (engine.status === 'starting') {
    return (
      <>
        <Loader aria-hidden size={14} className={styles.spinner} />
        Getting ready
      </>
    );
  }
  if (engine.status === 'failed') {
    return (
      <>
        <TriangleAlert aria-hidden size={14} />
        Not computing
      </>
    );
  }
  const { backend, device } = engine.report;
  const Icon = backend === 'webgpu' ? Gauge : Cpu;
  return (
    <>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      <span className={styles.device}>{device === '' ? BACKENDS[backend] : device}</span>
      {lastEdit === undefined ? null : <span className={styles.pace}>{secondsPerEdit(lastEdit)}</span>}
    </>
  );
}

function Facts({ engine, lastEdit }: { readonly engine: Extract<EngineState, { status: 'ready' }>; readonly lastEdit: number | undefined }) {
  const { backend, device, calibration, notes } = engine.report;
  const release = useStudioState((state) => state.release);
  return (
    <>
      <dl className={styles.facts}>
        <dt>Runs on</dt>
        <dd>
          {BACKEND_NAMES[backend]} ({BACKENDS[backend]})
        </dd>
        <dt>Device</dt>
        <dd>{device}</dd>
        {(['webgpu', 'wasm'] as const).map((name) => {
          const measured = calibration[name];
          return (
            <div key={name} className={styles.row}>
              <dt>Calibration, {BACKEND_NAMES[name]}</dt>
              <dd>{measured === undefined ? 'not available' : `${measured.toFixed(1)} ms`}</dd>
            </div>
          );
        })}
        {lastEdit === undefined ? null : (
          <>
            <dt>Latest edit</dt>
            <dd>{(lastEdit / 1000).toFixed(2)} s</dd>
          </>
        )}
        {release === undefined ? null : (
          <>
            <dt>Networks</dt>
            <dd>
              {release.release}, {(release.bytes / 1e6).toFixed(1)} MB
            </dd>
          </>
        )}
      </dl>
      {notes.length === 0 ? null : (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <p className={styles.privacy}>Everything is computed here. No pixel leaves this computer.</p>
    </>
  );
}

export function AdapterBadge() {
  const studio = useStudio();
  const engine = useStudioState((state) => state.engine);
  const lastEdit = useStudioState((state) => state.lastEdit);
  return (
    <Popover.Root>
      <Popover.Trigger className={classes(styles.badge, styles[engine.status])} data-testid="adapter-badge">
        <Summary engine={engine} lastEdit={lastEdit} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.popover} align="end" sideOffset={8} aria-label="What this runs on">
          {engine.status === 'ready' ? <Facts engine={engine} lastEdit={lastEdit} /> : null}
          {engine.status === 'starting' ? <p>The networks are being fetched, checked, and timed on this computer.</p> : null}
          {engine.status === 'failed' ? (
            <>
              <ProblemText problem={engine.problem} />
              <div className={styles.buttons}>
                <Button size="small" onClick={() => void startEngine(studio)}>
                  Try again
                </Button>
                <CopyDetails problems={[engine.problem]} />
              </div>
            </>
          ) : null}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
