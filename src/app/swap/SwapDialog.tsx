/** Swap pathology: another patient's finding, as the reader reads it, becomes a request on this one. */

import { ArrowRight, Info, Sparkles } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatEdit } from '../../findings/editText';
import { PLACES, type Finding, type Place } from '../../findings/vocabulary';
import type { Radiograph } from '../../imaging/radiograph';
import { generate } from '../../state/commands/generate';
import { borrow, PREVIEW } from '../../state/commands/swap';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf, baseImage } from '../../state/studioDocument';
import { borrowed, travellingFindings, zonesToClear } from '../../state/swap';
import { thumbnailOf } from '../../state/thumbnail';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import { DonorList } from './DonorList';
import { MiniChest } from './MiniChest';
import { Switch } from '../ui/Switch';
import styles from './SwapDialog.module.css';
import { Travelling } from './Travelling';
import { useDonor } from './useDonor';

const NO_THRESHOLDS = {};

/** What the user has changed of the proposal: everything of the first finding travels. */
interface Choice {
  readonly key: string;
  readonly finding?: Finding;
  readonly taken?: readonly Place[];
}

function useSwap() {
  const document = useStudioState(currentDocument);
  const thresholds = useStudioState((state) => state.release?.thresholds ?? NO_THRESHOLDS);
  const [donor, chooseDonor] = useDonor();
  const [choice, setChoice] = useState<Choice>({ key: '' });
  const [clear, setClear] = useState(true);
  const key = donor.status === 'none' ? '' : donor.key;
  const own: Choice = choice.key === key ? choice : { key };
  const reading = analysisOf(document)?.reading;
  const findings = donor.status === 'ready' ? travellingFindings(donor.donor.reading, thresholds) : [];
  const chosen = findings.find(({ finding }) => finding === own.finding) ?? findings[0];
  const taken = own.taken ?? PLACES.filter((place) => chosen?.severities[place] !== undefined);
  const asked = chosen === undefined || reading === undefined ? {} : borrowed(chosen, taken, reading, clear);
  return {
    document,
    donor,
    key,
    chooseDonor,
    reading,
    findings,
    chosen,
    taken,
    clear,
    setClear,
    asked,
    clears: reading === undefined || chosen === undefined ? [] : zonesToClear(reading, taken),
    chooseFinding: (finding: Finding) => { setChoice({ key, finding }); },
    take: (next: readonly Place[]) => { setChoice({ ...own, taken: next }); },
  };
}

function Preview({ image }: { readonly image: Radiograph }) {
  const thumbnail = useMemo(() => thumbnailOf(image, PREVIEW), [image]);
  return <ThumbnailImage thumbnail={thumbnail} className={styles.picture} />;
}

export default function SwapDialog() {
  const studio = useStudio();
  const setDialog = useStudioState((state) => state.setDialog);
  const { document, donor, key, chooseDonor, reading, findings, chosen, taken, clear, setClear, asked, clears, chooseFinding, take } = useSwap();
  const places = PLACES.filter((place) => asked[place] !== undefined);
  const severity = Math.max(0, ...Object.values(asked));
  const words = chosen === undefined || places.length === 0 ? undefined : formatEdit({ kind: 'add', finding: chosen.finding, places, severity, severities: asked });
  const use = async (andGenerate: boolean) => {
    if (chosen === undefined || words === undefined) return;
    borrow(studio, chosen.finding, asked);
    setDialog(undefined);
    if (andGenerate) await generate(studio);
  };
  return (
    <Sheet
      name="swap"
      title="Swap pathology"
      about="Another patient’s finding, on this patient’s anatomy. What travels is what the reader can state: the finding, its zones and its grade. Texture and exact shape do not."
      foot={
        <>
          <p className={styles.words} aria-live="polite">
            {words === undefined ? 'Choose a donor, and what of it travels.' : `Request: ${words}`}
          </p>
          <Button disabled={words === undefined} onClick={() => void use(false)}>
            Use as request
          </Button>
          <Button tone="primary" icon={Sparkles} disabled={words === undefined} onClick={() => void use(true)}>
            Use and generate
          </Button>
        </>
      }
    >
      {document === undefined || reading === undefined ? (
        <p>Open a radiograph first, and let it be read.</p>
      ) : (
        <div className={styles.columns}>
          <DonorList chosen={key} onChoose={chooseDonor} />
          <div className={styles.pair}>
            <figure className={styles.figure}>
              <figcaption className={styles.caption}>
                <b>Donor</b> {donor.status === 'ready' ? donor.donor.title : null}
              </figcaption>
              {donor.status === 'ready' ? (
                <>
                  <ThumbnailImage thumbnail={donor.donor.thumbnail} className={styles.picture} />
                  <MiniChest label="Donor, opacity as read" zones={donor.donor.reading.zoneSeverity} />
                </>
              ) : (
                <div className={styles.blank} aria-busy={donor.status === 'reading'}>
                  {donor.status === 'reading' ? 'Being read…' : 'Choose a donor on the left'}
                </div>
              )}
            </figure>
            <ArrowRight aria-hidden className={styles.arrow} size={20} />
            <figure className={styles.figure}>
              <figcaption className={styles.caption}>
                <b>This patient</b> {document.radiograph.name}
              </figcaption>
              <Preview image={baseImage(document)} />
              <MiniChest label="This patient, as asked" zones={reading.zoneSeverity} asked={asked} />
            </figure>
          </div>
          <div className={styles.choice}>
            {donor.status === 'failed' ? <ProblemText problem={donor.problem} /> : null}
            {donor.status === 'ready' && chosen === undefined ? (
              <p className={styles.note}>
                <Info aria-hidden size={14} />
                The reader finds nothing in this donor that could travel.
              </p>
            ) : null}
            {chosen === undefined ? null : (
              <>
                <Travelling findings={findings} chosen={chosen} taken={taken} onFinding={chooseFinding} onTaken={take} />
                {chosen.placed && clears.length > 0 ? (
                  <Switch label="Clear this patient’s own opacities elsewhere" checked={clear} onChange={setClear} />
                ) : null}
                {document.mask === undefined ? null : <p className={styles.note}>The painted mask is put aside: the donor’s zones say where. Undo brings it back.</p>}
              </>
            )}
          </div>
        </div>
      )}
    </Sheet>
  );
}
