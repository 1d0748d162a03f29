/** A language model's reading of the report beside that of the rules: asked for, consented to, and ticked by the user. */

import { Info, Send } from 'lucide-react';
import type { LeftOut } from '../../findings/report/extractor';
import { formatItem } from '../../findings/format';
import type { Opinion, Reader } from '../../findings/report/opinions';
import * as report from '../../messages/en/report';
import * as say from '../../messages/en/reportModel';
import { listed } from '../../messages/numbers';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Tick } from '../swap/Tick';
import styles from './ReportDialog.module.css';
import type { useSecondReading } from './useSecondReading';

type Second = ReturnType<typeof useSecondReading>;

interface AskProps {
  readonly second: Second;
  readonly disabled: boolean;
}

/** By a server, where the studio was started with one, or by a file that the user chooses. */
export function AskModel({ second, disabled }: AskProps) {
  const { model } = second;
  return (
    <section className={styles.second} aria-label={say.second()}>
      <h3 className={styles.legend}>{say.second()}</h3>
      {model !== undefined && 'endpoint' in model ? (
        <AskServer second={second} disabled={disabled} host={model.endpoint.host} />
      ) : (
        <AskHere second={second} disabled={disabled} file={model?.file} />
      )}
    </section>
  );
}

/** A model on this computer is asked at once: nothing is sent. */
function AskHere({ second, disabled, file }: AskProps & { readonly file: string | undefined }) {
  const { state, send, callOff, choose } = second;
  if (state.step === 'asking' && file !== undefined)
    return (
      <div className={styles.buttons} role="status">
        <p className={styles.words}>{say.askingHere({ file })}</p>
        <Button onClick={callOff}>{say.stop()}</Button>
      </div>
    );
  return (
    <>
      {state.step === 'failed' ? <ProblemText problem={state.problem} /> : null}
      <p className={styles.note}>{file === undefined ? say.noneChosen() : say.offeredHere({ file })}</p>
      <div className={styles.buttons}>
        <Button onClick={() => void choose()}>{file === undefined ? say.chooseFile() : say.chooseOther()}</Button>
        {file === undefined ? null : (
          <Button tone="primary" disabled={disabled} onClick={() => void send()}>
            {state.step === 'offered' ? say.ask() : say.again()}
          </Button>
        )}
      </div>
    </>
  );
}

/** Shows what would be sent, sends it when told to, waits. */
function AskServer({ second, disabled, host }: AskProps & { readonly host: string }) {
  const { state, show, send, callOff, choose } = second;
  return (
    <>
      {state.step === 'consent' ? (
        <>
          <p className={styles.heading}>{say.wouldSend({ host })}</p>
          <pre className={styles.sent} tabIndex={0}>
            {state.shown}
          </pre>
          <details className={styles.all}>
            <summary>{say.allOfIt()}</summary>
            <pre className={styles.sent} tabIndex={0}>
              {state.body}
            </pre>
          </details>
          <p className={styles.note}>
            <Info aria-hidden size={14} />
            {say.blankedFirst()}
          </p>
          <div className={styles.buttons}>
            <Button onClick={callOff}>{say.doNotSend()}</Button>
            <Button tone="primary" icon={Send} onClick={() => void send()}>
              {say.send()}
            </Button>
          </div>
        </>
      ) : state.step === 'asking' ? (
        <div className={styles.buttons} role="status">
          <p className={styles.words}>{say.asking({ host })}</p>
          <Button onClick={callOff}>{say.stop()}</Button>
        </div>
      ) : (
        <>
          {state.step === 'failed' ? <ProblemText problem={state.problem} /> : null}
          {state.step === 'offered' ? <p className={styles.note}>{say.offered({ host })}</p> : null}
          <div className={styles.buttons}>
            <Button onClick={() => void choose()}>{say.chooseFile()}</Button>
            <Button disabled={disabled} onClick={show}>
              {state.step === 'offered' ? say.showWhat() : say.again()}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

interface DisagreementsProps {
  readonly opinions: readonly Opinion[];
  readonly leftOut: readonly LeftOut[];
  readonly text: string;
  readonly isTicked: (opinion: Opinion, reader: Reader) => boolean;
  readonly toggle: (opinion: Opinion, reader: Reader) => void;
}

const NAMES = { rules: say.byRules, model: say.byModel } as const;

/** Each disagreement as a pair of ticks, with the words of the report that either was read from. */
export function Disagreements({ opinions, leftOut, text, isTicked, toggle }: DisagreementsProps) {
  const open = opinions.filter(({ agree }) => !agree);
  return (
    <fieldset className={styles.proposals}>
      <legend className={styles.legend}>{open.length === 0 ? say.second() : say.disagree()}</legend>
      <p className={styles.note}>{open.length === 0 ? say.agreed() : say.nobodyOverrules()}</p>
      {open.map((opinion) => (
        <div key={opinion.finding} className={styles.pair}>
          {(['rules', 'model'] as const).map((reader) =>
            opinion[reader].length === 0 ? (
              <p key={reader} className={styles.silent}>
                {say.saysNothing({ reader: NAMES[reader]() })}
              </p>
            ) : (
              <Tick
                key={reader}
                label={say.readsAs({
                  reader: NAMES[reader](),
                  reading: listed([...new Set(opinion[reader].map(formatItem))]),
                })}
                detail=""
                note={say.readFrom({
                  words: listed([
                    ...new Set(
                      opinion[reader].map(({ start, end }) => report.quoted({ text: text.slice(start, end) })),
                    ),
                  ]),
                })}
                checked={isTicked(opinion, reader)}
                onToggle={() => {
                  toggle(opinion, reader);
                }}
              />
            ),
          )}
        </div>
      ))}
      {notesOf(leftOut).map((note) => (
        <p key={note} className={styles.note}>
          <Info aria-hidden size={14} />
          {note}
        </p>
      ))}
    </fieldset>
  );
}

function notesOf(leftOut: readonly LeftOut[]): readonly string[] {
  const of = (reason: LeftOut['reason']): readonly string[] => [
    ...new Set(leftOut.filter((each) => each.reason === reason).map(({ what }) => report.quoted({ text: what }))),
  ];
  const broken = leftOut.filter(({ reason }) => reason === 'shape').length;
  const named = [
    ['finding', say.outsideFindings],
    ['zone', say.outsideZones],
    ['quote', say.notInReport],
  ] as const;
  return [
    ...named.flatMap(([reason, words]) => (of(reason).length === 0 ? [] : [words({ words: listed(of(reason)) })])),
    ...(broken === 0 ? [] : [say.malformed({ count: broken })]),
  ];
}
