/** Device, limits, versions, storage and a self-test, to look at and to copy into a bug report. */

import { ClipboardCopy, FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import { version } from '../../../package.json';
import { toProblem } from '../../state/problem';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './DiagnosticsDialog.module.css';
import { readEnvironment, type Environment } from './environment';
import { reportSections, reportText, type Facts } from './report';
import { selfTest, type SelfTest } from './selfTest';

export default function DiagnosticsDialog() {
  const studio = useStudio();
  const engine = useStudioState((state) => state.engine);
  const release = useStudioState((state) => state.release);
  const lastEdit = useStudioState((state) => state.lastEdit);
  const [environment, setEnvironment] = useState<Environment>();
  const [test, setTest] = useState<SelfTest | 'running'>();
  useEffect(() => {
    void readEnvironment().then(setEnvironment);
  }, []);
  const facts: Facts | undefined =
    environment === undefined ? undefined : { version, environment, engine, release, lastEdit, selfTest: test === 'running' ? undefined : test };
  const copy = async () => {
    if (facts === undefined) return;
    const { notify } = studio.store.getState();
    try {
      await studio.services.copyText(reportText(facts));
      notify({ tone: 'success', title: 'Report copied', problems: [] });
    } catch (error) {
      notify({ tone: 'error', title: 'The report was not copied', problems: [toProblem(error, 'copying the report')] });
    }
  };
  const run = async () => {
    setTest('running');
    setTest(await selfTest(studio.services));
  };
  return (
    <Sheet
      name="diagnostics"
      title="Diagnostics"
      about="What the studio runs on. The report holds nothing of any radiograph: no names, no pixels, no readings of yours."
      narrow
      foot={
        <>
          <Button icon={FlaskConical} disabled={engine.status !== 'ready' || test === 'running'} onClick={() => void run()}>
            {test === 'running' ? 'Testing…' : 'Run the self-test'}
          </Button>
          <Button tone="primary" icon={ClipboardCopy} disabled={facts === undefined} onClick={() => void copy()}>
            Copy report
          </Button>
        </>
      }
    >
      {facts === undefined ? (
        <p aria-busy>Being gathered…</p>
      ) : (
        <div className={styles.sections}>
          {reportSections(facts).map(({ title, rows }) => (
            <section key={title}>
              <h3 className={styles.title}>{title}</h3>
              <dl className={styles.rows}>
                {rows.map(([name, value], index) => (
                  <div key={`${name} ${String(index)}`} className={styles.row}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
    </Sheet>
  );
}
