/** Device, limits, versions, storage and a self-test, to look at and to copy into a bug report. */

import { ClipboardCopy, FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import { version } from '../../../package.json';
import * as say from '../../messages/en/diagnostics';
import * as errors from '../../messages/en/errors';
import * as notices from '../../messages/en/notices';
import { toProblem } from '../../record/problem';
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
    environment === undefined
      ? undefined
      : { version, environment, engine, release, lastEdit, selfTest: test === 'running' ? undefined : test };
  const copy = async () => {
    if (facts === undefined) return;
    const { notify } = studio.store.getState();
    try {
      await studio.services.copyText(reportText(facts));
      notify({ tone: 'success', title: notices.reportCopied(), problems: [] });
    } catch (error) {
      notify({ tone: 'error', title: notices.reportNotCopied(), problems: [toProblem(error, errors.copyingReport())] });
    }
  };
  const run = async () => {
    setTest('running');
    setTest(await selfTest(studio.services));
  };
  return (
    <Sheet
      name="diagnostics"
      title={say.title()}
      about={say.about()}
      narrow
      foot={
        <>
          <Button
            icon={FlaskConical}
            disabled={engine.status !== 'ready' || test === 'running'}
            onClick={() => void run()}
          >
            {test === 'running' ? say.testing() : say.runTest()}
          </Button>
          <Button tone="primary" icon={ClipboardCopy} disabled={facts === undefined} onClick={() => void copy()}>
            {say.copyReport()}
          </Button>
        </>
      }
    >
      {facts === undefined ? (
        <p aria-busy>{say.gathering()}</p>
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
          <a className={styles.link} href={`${import.meta.env.BASE_URL}bench.html`} target="_blank" rel="noopener">
            {say.benchmark()}
          </a>
        </div>
      )}
    </Sheet>
  );
}
