/** Sends results into the study that their film is from. What goes where, and whose it is, stands there before anything is sent. */

import { CloudUpload } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Archive } from '../../dicom/web/archive';
import type { SourceStudy } from '../../dicom/web/source-study';
import * as say from '../../messages/en/archive';
import type { StudioDocument } from '../../record/studioDocument';
import { sendToArchive, type SentResult } from '../../state/commands/archive';
import { currentDocument } from '../../state/slices/documents';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Tick } from '../swap/Tick';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Switch } from '../ui/Switch';
import styles from './Archive.module.css';
import { useArchive } from './useArchive';

interface Target {
  readonly archive: Archive;
  readonly source: SourceStudy;
}

export default function SendDialog() {
  // The film that was on the screen: another one that comes to it is not what was asked about.
  const document = useStudioState(currentDocument);
  const [first] = useState(document);
  return first === undefined ? null : <SendResults document={first} />;
}

function SendResults({ document }: { readonly document: StudioDocument }) {
  const studio = useStudio();
  const setDialog = useStudioState((state) => state.setDialog);
  const { name, state, ask } = useArchive<Target>();
  const { versions, shownVersionId, radiograph } = document;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    new Set(versions.filter(({ id }) => id === (shownVersionId ?? versions.at(-1)?.id)).map(({ id }) => id)),
  );
  const [named, setNamed] = useState(false);
  const [sent, setSent] = useState<ReadonlyMap<string, SentResult>>(new Map());
  const [sending, setSending] = useState(false);
  const askWhose = (): void => {
    const { dicomReference: reference } = radiograph;
    if (reference === undefined) return;
    void ask(async (archive, signal) => ({
      archive,
      source: await archive.sourceStudy(reference, radiograph, signal),
    }));
  };
  // Once, when it opens.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(askWhose, []);
  const target = state.status === 'answered' ? state.answer : undefined;
  const isKept = (id: string): boolean => sent.has(id) && sent.get(id)?.problem === undefined;
  const due = versions.filter(({ id }) => ticked.has(id) && !isKept(id));
  const send = async (): Promise<void> => {
    if (target === undefined) return;
    setSending(true);
    await sendToArchive(studio, target.archive, { document, versions: due, source: target.source }, (result) => {
      setSent((before) => new Map(before).set(result.version.id, result));
    });
    setSending(false);
  };
  return (
    <Sheet
      name="archiveSend"
      title={say.sendTitle()}
      about={say.sendAbout()}
      narrow
      foot={
        <>
          <Button
            disabled={sending}
            onClick={() => {
              setDialog(undefined);
            }}
          >
            {say.close()}
          </Button>
          <Button
            tone="primary"
            icon={CloudUpload}
            disabled={target === undefined || due.length === 0 || sending}
            onClick={() => void send()}
          >
            {sending ? say.sending() : say.send({ count: due.length, archive: name })}
          </Button>
        </>
      }
    >
      <div className={styles.target}>
        {state.status === 'asking' ? <p role="status">{say.asking({ archive: name })}</p> : null}
        {state.status === 'failed' ? (
          <>
            <ProblemText problem={state.problem} />
            <Button onClick={askWhose}>{say.tryAgain()}</Button>
          </>
        ) : null}
        {target === undefined ? null : (
          <>
            <p className={styles.heading}>{say.goesTo({ archive: name, date: target.source.date ?? say.noDate() })}</p>
            <p className={styles.whose}>{named ? whoseIs(target.source) : say.hiddenPatient()}</p>
            <Switch label={say.showNames()} checked={named} onChange={setNamed} />
            <p className={styles.note}>{say.withPatient()}</p>
          </>
        )}
      </div>
      <fieldset className={styles.series}>
        <legend className={styles.legend}>{say.results()}</legend>
        {versions.map((version) => {
          const { id, label, name: called } = version;
          const problem = sent.get(id)?.problem;
          return (
            <div key={id}>
              <Tick
                label={called ?? label}
                detail={
                  isKept(id) ? say.kept() : say.seed({ seed: String(version.counterfactual.recipe.sampling.seed) })
                }
                checked={ticked.has(id)}
                onToggle={() => {
                  const others = new Set(ticked);
                  if (!others.delete(id)) others.add(id);
                  setTicked(others);
                }}
              />
              {problem === undefined ? null : <ProblemText problem={problem} />}
            </div>
          );
        })}
      </fieldset>
    </Sheet>
  );
}

function whoseIs({ patientName, patientId, accession }: SourceStudy): string {
  return [
    patientName ?? say.noName(),
    patientId,
    accession === undefined ? undefined : say.accessionLine({ accession }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
