/** Sends results into the study that their film is from. What goes where, and whose it is, stands there before anything is sent. */

import { CloudUpload } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Archive } from '../../dicom/web/archive';
import type { SourceStudy } from '../../dicom/web/source-study';
import * as say from '../../messages/en/archive';
import type { StudioDocument } from '../../record/studioDocument';
import { sendToArchive, sentKey, sourceOf } from '../../state/commands/archive';
import { currentDocument } from '../../state/slices/documents';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Tick } from '../swap/Tick';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Switch } from '../ui/Switch';
import { ThumbnailImage } from '../ui/ThumbnailImage';
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
  const sent = useStudioState((current) => current.sentResults);
  const outcomeOf = (version: { readonly id: string }) => sent.get(sentKey(document, version));
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => {
    const id = shownVersionId ?? versions.at(-1)?.id;
    return new Set(id === undefined || outcomeOf({ id })?.kept === true ? [] : [id]);
  });
  // Whose record is written to is the question: it stands there until somebody hides it.
  const [named, setNamed] = useState(true);
  const [sending, setSending] = useState(false);
  const [told, setTold] = useState('');
  const askWhose = (): void => {
    void ask(async (archive, signal) => ({
      archive,
      source: await sourceOf(studio, archive, radiograph, signal),
    }));
  };
  // Once, when it opens.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(askWhose, []);
  const target = state.status === 'answered' ? state.answer : undefined;
  const due = versions.filter(({ id }) => ticked.has(id));
  const send = async (): Promise<void> => {
    if (target === undefined) return;
    setSending(true);
    setTold(say.sending());
    try {
      const kept = await sendToArchive(studio, target.archive, { document, versions: due, source: target.source });
      setTold(say.sent({ kept, count: due.length }));
      const { sentResults } = studio.store.getState();
      setTicked(
        new Set(due.filter((each) => sentResults.get(sentKey(document, each))?.kept !== true).map(({ id }) => id)),
      );
    } finally {
      setSending(false);
    }
  };
  return (
    <Sheet
      name="archiveSend"
      title={say.sendTitle()}
      about={say.sendAbout()}
      narrow
      locked={sending}
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
      <div className={styles.sender}>
        <ThumbnailImage thumbnail={document.thumbnail} className={styles.small} />
        <p className={styles.whose}>{radiograph.name}</p>
      </div>
      <div className={styles.target}>
        {state.status === 'asking' ? <p role="status">{say.asking({ archive: name })}</p> : null}
        {state.status === 'failed' ? (
          <>
            <div role="alert">
              <ProblemText problem={state.problem} />
            </div>
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
          const outcome = outcomeOf(version);
          return (
            <div key={id}>
              <Tick
                label={called ?? label}
                detail={
                  outcome?.kept === true
                    ? keptIs(outcome.warning)
                    : say.seed({ seed: String(version.counterfactual.recipe.sampling.seed) })
                }
                checked={ticked.has(id)}
                onToggle={() => {
                  const others = new Set(ticked);
                  if (!others.delete(id)) others.add(id);
                  setTicked(others);
                }}
              />
              {outcome?.kept === false ? (
                <div role="alert">
                  <ProblemText problem={outcome.problem} />
                </div>
              ) : null}
            </div>
          );
        })}
      </fieldset>
      <p className={styles.status} role="status">
        {told}
      </p>
    </Sheet>
  );
}

/** With the archive's warning by its code (WarningReason, PS3.18 table 10.5.3-2), where it gave one. */
function keptIs(warning: number | undefined): string {
  return warning === undefined
    ? say.kept()
    : say.keptWithWarning({ code: warning.toString(16).toUpperCase().padStart(4, '0') });
}

function whoseIs({ patientName, patientId, accession }: SourceStudy): string {
  return [
    patientName ?? say.noName(),
    patientId ?? say.noPatientId(),
    accession === undefined ? undefined : say.accessionLine({ accession }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
