/** A pasted report: each difference from what the reader sees is a proposed edit, ticked or not. Nothing is asked before the user says so. */

import { Info, Sparkles } from 'lucide-react';
import { useMemo, useState } from 'react';
import { combined } from '../../findings/combinations';
import { remarkOnLanguage } from '../../findings/language';
import { askedTogether, differences, type Difference, type Proposal } from '../../findings/report/differences';
import { byRules } from '../../findings/report/extractor';
import { heldAtFirst, settled, sideBySide, type Reader } from '../../findings/report/opinions';
import type { Finding } from '../../findings/vocabulary';
import type { Words } from '../../messages/message';
import * as say from '../../messages/en/report';
import { listed } from '../../messages/numbers';
import { analysisOf } from '../../record/studioDocument';
import { askFromReport } from '../../state/commands/askFromReport';
import { generate } from '../../state/commands/generate';
import { seenStatement } from '../../state/seenStatement';
import { currentDocument } from '../../state/slices/documents';
import { inWords } from '../../state/swap';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Tick } from '../swap/Tick';
import { Button } from '../ui/Button';
import styles from './ReportDialog.module.css';
import { AskModel, Disagreements } from './SecondReading';
import { useSecondReading } from './useSecondReading';

const WHY: Readonly<Record<Difference, Words>> = {
  comes: say.comes,
  unsure: say.unsure,
  graded: say.graded,
  denied: say.denied,
  normal: say.normal,
  silent: say.silent,
};

/** Tells proposals apart while the text changes. */
const keyOf = ({ asked, difference }: Proposal): string =>
  `${asked.finding} ${difference} ${Object.keys(asked.severities).join()}`;

function useReport() {
  const document = useStudioState(currentDocument);
  const thresholds = useStudioState((state) => state.release?.thresholds);
  const [text, setText] = useState('');
  /** What the user has ticked or unticked, against what is proposed. */
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const reading = analysisOf(document)?.reading;
  const seen = useMemo(() => seenStatement(reading, thresholds), [reading, thresholds]);
  const rules = useMemo(() => byRules.read(text), [text]);
  const second = useSecondReading(text);
  const model = second.state.step === 'read' ? second.state.read : undefined;
  const opinions = useMemo(() => (model === undefined ? [] : sideBySide(rules, model)), [rules, model]);
  const isHeld = (finding: Finding, reader: Reader): boolean =>
    changed.get(`${reader} ${finding}`) ?? heldAtFirst(reader);
  const read = model === undefined ? rules : settled(rules, opinions, isHeld);
  const proposals = seen === undefined ? [] : differences(read, seen);
  const isTicked = (proposal: Proposal): boolean => changed.get(keyOf(proposal)) ?? proposal.ticked;
  const { findings, repairs, refusal } = combined(askedTogether(proposals.filter(isTicked)));
  return {
    document,
    seen,
    text,
    setText,
    read,
    second,
    opinions,
    isHeld,
    toggleHeld: (finding: Finding, reader: Reader) => {
      setChanged(new Map(changed).set(`${reader} ${finding}`, !isHeld(finding, reader)));
    },
    proposals: text.trim() === '' || read.items.length === 0 ? [] : proposals,
    isTicked,
    toggle: (proposal: Proposal) => {
      setChanged(new Map(changed).set(keyOf(proposal), !isTicked(proposal)));
    },
    findings: text.trim() === '' || read.items.length === 0 ? [] : findings,
    repairs,
    refusal,
  };
}

export default function ReportDialog() {
  const studio = useStudio();
  const setDialog = useStudioState((state) => state.setDialog);
  const { document, seen, text, setText, read, proposals, isTicked, toggle, findings, repairs, refusal, ...held } =
    useReport();
  const { second, opinions, isHeld, toggleHeld } = held;
  const words = findings.length === 0 || refusal !== undefined ? undefined : inWords(findings);
  const use = async (andGenerate: boolean) => {
    if (words === undefined) return;
    askFromReport(studio, findings);
    setDialog(undefined);
    if (andGenerate) await generate(studio);
  };
  const foreign = remarkOnLanguage(text);
  const notes = [
    ...(read.unrecognised.length === 0 || foreign !== undefined
      ? []
      : [say.notUnderstood({ words: listed(read.unrecognised.map((each) => say.quoted({ text: each.text }))) })]),
    ...(findings.length === 0 ? [] : repairs),
    ...(findings.length === 0 || document?.mask === undefined ? [] : [say.maskAside()]),
  ];
  return (
    <Sheet
      name="report"
      title={say.title()}
      about={say.about()}
      foot={
        <>
          <p className={styles.words} aria-live="polite">
            {refusal ?? (words === undefined ? say.pasteFirst() : say.request({ request: words }))}
          </p>
          <Button disabled={words === undefined} onClick={() => void use(false)}>
            {say.useAsRequest()}
          </Button>
          <Button tone="primary" icon={Sparkles} disabled={words === undefined} onClick={() => void use(true)}>
            {say.useAndGenerate()}
          </Button>
        </>
      }
    >
      {document === undefined || seen === undefined ? (
        <p>{say.openFirst()}</p>
      ) : (
        <div className={styles.columns}>
          <div className={styles.report}>
            <label className={styles.report}>
              <span className={styles.legend}>{say.reportText()}</span>
              <textarea
                className={styles.text}
                value={text}
                rows={14}
                spellCheck={false}
                autoComplete="off"
                placeholder={say.placeholder()}
                onChange={(event) => {
                  setText(event.target.value);
                }}
              />
            </label>
            <AskModel second={second} disabled={text.trim() === ''} />
          </div>
          <div className={styles.report}>
            {second.state.step === 'read' ? (
              <Disagreements
                opinions={opinions}
                leftOut={second.state.read.leftOut ?? []}
                text={text}
                isTicked={({ finding }, reader) => isHeld(finding, reader)}
                toggle={({ finding }, reader) => {
                  toggleHeld(finding, reader);
                }}
              />
            ) : null}
            <fieldset className={styles.proposals}>
              <legend className={styles.legend}>{say.proposed()}</legend>
              {text.trim() === '' ? null : read.items.length === 0 ? (
                <p className={styles.note}>{foreign ?? say.nothingRead()}</p>
              ) : proposals.length === 0 ? (
                <p className={styles.note}>{say.noDifference()}</p>
              ) : null}
              {proposals.map((proposal) => (
                <Tick
                  key={keyOf(proposal)}
                  label={inWords([proposal.asked])}
                  detail=""
                  note={WHY[proposal.difference]()}
                  checked={isTicked(proposal)}
                  onToggle={() => {
                    toggle(proposal);
                  }}
                />
              ))}
              {notes.map((note) => (
                <p key={note} className={styles.note}>
                  <Info aria-hidden size={14} />
                  {note}
                </p>
              ))}
            </fieldset>
          </div>
        </div>
      )}
    </Sheet>
  );
}
