/** What the studio computes on. Opens to the measured calibration and to the reasons. */

import { Cpu, Gauge, Loader, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import * as say from '../../messages/en/header';
import * as units from '../../messages/en/units';
import { fixed, megabytes, seconds } from '../../messages/numbers';
import { startEngine } from '../../state/commands/startEngine';
import type { EngineState } from '../../state/slices/engine';
import { deviceNoteText } from '../deviceNote';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { classes } from '../ui/classes';
import { CopyDetails, ProblemText } from '../ui/Problem';
import styles from './AdapterBadge.module.css';

const BACKENDS = { webgpu: say.gpu, wasm: say.cpu } as const;
const BACKEND_NAMES = { webgpu: 'WebGPU', wasm: 'WebAssembly' } as const;

export function secondsPerEdit(milliseconds: number): string {
  return say.perEdit({ time: seconds(milliseconds, milliseconds < 10_000 ? 1 : 0) });
}

function Summary({ engine, lastEdit }: { readonly engine: EngineState; readonly lastEdit: number | undefined }) {
  if (engine.status === 'starting') {
    return (
      <>
        <Loader aria-hidden size={14} className={styles.spinner} />
        {say.gettingReady()}
      </>
    );
  }
  if (engine.status === 'failed') {
    return (
      <>
        <TriangleAlert aria-hidden size={14} />
        {say.notComputing()}
      </>
    );
  }
  const { backend, device } = engine.report;
  const Icon = backend === 'webgpu' ? Gauge : Cpu;
  return (
    <>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      <span className={styles.device}>{device === '' ? BACKENDS[backend]() : device}</span>
      {lastEdit === undefined ? null : <span className={styles.pace}>{secondsPerEdit(lastEdit)}</span>}
    </>
  );
}

function Facts({
  engine,
  lastEdit,
}: {
  readonly engine: Extract<EngineState, { status: 'ready' }>;
  readonly lastEdit: number | undefined;
}) {
  const { backend, device, calibration, notes } = engine.report;
  const release = useStudioState((state) => state.release);
  const archived = useStudioState((state) => state.archive !== undefined);
  return (
    <>
      <dl className={styles.facts}>
        <dt>{say.runsOn()}</dt>
        <dd>{say.backend({ technology: BACKEND_NAMES[backend], processor: BACKENDS[backend]() })}</dd>
        <dt>{say.device()}</dt>
        <dd>{device}</dd>
        {(['webgpu', 'wasm'] as const).map((name) => {
          const measured = calibration[name];
          return (
            <div key={name} className={styles.row}>
              <dt>{say.calibration({ technology: BACKEND_NAMES[name] })}</dt>
              <dd>{measured === undefined ? say.notAvailable() : units.milliseconds({ value: fixed(measured, 1) })}</dd>
            </div>
          );
        })}
        {lastEdit === undefined ? null : (
          <>
            <dt>{say.latestEdit()}</dt>
            <dd>{seconds(lastEdit, 2)}</dd>
          </>
        )}
        {release === undefined ? null : (
          <>
            <dt>{say.networks()}</dt>
            <dd>{say.releaseSize({ release: release.release, size: megabytes(release.bytes) })}</dd>
          </>
        )}
      </dl>
      {notes.length === 0 ? null : (
        <ul className={styles.notes}>
          {notes.map(deviceNoteText).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <p className={styles.privacy}>{archived ? say.privacyArchive() : say.privacy()}</p>
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
        <Popover.Content className={styles.popover} align="end" sideOffset={8} aria-label={say.about()}>
          {engine.status === 'ready' ? <Facts engine={engine} lastEdit={lastEdit} /> : null}
          {engine.status === 'starting' ? <p>{say.gettingReadyMeans()}</p> : null}
          {engine.status === 'failed' ? (
            <>
              <ProblemText problem={engine.problem} />
              <div className={styles.buttons}>
                <Button size="small" onClick={() => void startEngine(studio)}>
                  {say.tryAgain()}
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
