/** Swap pathology: another patient's findings, as the reader reads them, become one request on this one. */

import { ArrowRight, Info, Sparkles } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { placesOf, type Combination } from '../../findings/combinations';
import { knowledgeOf, type Side } from '../../findings/knowledge';
import { PLACES, ZONES, type Finding, type Place } from '../../findings/vocabulary';
import * as say from '../../messages/en/swap';
import { percent } from '../../messages/numbers';
import { generate } from '../../state/commands/generate';
import { borrow, PREVIEW } from '../../state/commands/swap';
import { currentDocument } from '../../state/slices/documents';
import { analysisOf, baseImageNow, type StudioDocument } from '../../record/studioDocument';
import {
  borrowed,
  inWords,
  isWithoutSide,
  ownFindings,
  swapped,
  timesAsMuch,
  travellingFindings,
  travelsByItself,
  USUAL_SIDE,
  withPathology,
  zonesToClear,
} from '../../state/swap';
import { thumbnailOf } from '../../record/thumbnail';
import { findingLabel } from '../findingLabel';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Rich } from '../ui/Rich';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import { DonorList } from './DonorList';
import { DonorNotes } from './DonorNotes';
import { DonorPicture } from './DonorPicture';
import { MiniChest } from './MiniChest';
import { Switch } from '../ui/Switch';
import { MixDonors } from './MixDonors';
import { PneumothoraxSide } from './PneumothoraxSide';
import styles from './SwapDialog.module.css';
import { Strength } from './Strength';
import { Tick } from './Tick';
import { Travelling } from './Travelling';
import { useMixedDonor } from './useMixedDonor';

const NO_THRESHOLDS = {};
const BOLD = { b: (words: ReactNode) => <b>{words}</b> };
const NOTHING: Combination = { findings: [], repairs: [], refusal: undefined };

/** What the user has changed of the proposal: all that is not another name for opacity travels, with all its zones. */
interface Choice {
  readonly key: string;
  readonly findings?: readonly Finding[];
  readonly zones?: readonly Place[];
  readonly side?: Side;
}

function useSwap() {
  const document = useStudioState(currentDocument);
  const thresholds = useStudioState((state) => state.release?.thresholds ?? NO_THRESHOLDS);
  const { donor, key: chosenKey, choose: chooseDonor, mixing } = useMixedDonor();
  const [strength, setStrength] = useState(1);
  const [choice, setChoice] = useState<Choice>({ key: '' });
  const [clear, setClear] = useState(true);
  const [exact, setExact] = useState(true);
  const [go, setGo] = useState<readonly Finding[]>([]);
  const key = donor.status === 'none' ? '' : donor.key;
  const changed: Choice = choice.key === key ? choice : { key };
  const reading = analysisOf(document)?.reading;
  const findings = donor.status === 'ready' ? travellingFindings(donor.donor.reading, thresholds) : [];
  const own = reading === undefined ? [] : ownFindings(reading, thresholds);
  const chosen = changed.findings ?? findings.filter(travelsByItself).map(({ finding }) => finding);
  const { zones = ZONES, side = USUAL_SIDE } = changed;
  const travelling = findings
    .filter(({ finding }) => chosen.includes(finding))
    .map((each) =>
      withPathology(
        {
          finding: each.finding,
          severities:
            reading === undefined
              ? {}
              : timesAsMuch(borrowed(each, each.placed ? zones : PLACES, reading, false), strength),
        },
        exact && donor.status === 'ready' ? donor.donor.pathology : undefined,
      ),
    );
  const {
    findings: asked,
    repairs,
    refusal,
  } = reading === undefined ? NOTHING : swapped(travelling, reading, own, { clear, go }, side);
  return {
    document,
    donor,
    chosenKey,
    chooseDonor,
    mixing,
    strength,
    setStrength,
    reading,
    findings,
    own,
    chosen,
    zones,
    side,
    asksSide: findings.some((each) => isWithoutSide(each) && chosen.includes(each.finding)),
    asked,
    repairs,
    refusal,
    clear,
    setClear,
    exact,
    setExact,
    isMeasuring: donor.status === 'ready' && donor.measuring,
    hasPathology:
      donor.status === 'ready' &&
      travelling.some((each) => withPathology(each, donor.donor.pathology).sketch?.pathology !== undefined),
    go,
    setGo,
    clears:
      reading !== undefined &&
      zonesToClear(reading, travelling.filter(({ finding }) => knowledgeOf(finding).opacityLike).flatMap(placesOf))
        .length > 0,
    choose: (next: readonly Finding[]) => {
      setChoice({ ...changed, findings: next });
    },
    chooseSide: (next: Side) => {
      setChoice({ ...changed, side: next });
    },
    take: (next: readonly Place[]) => {
      setChoice({ ...changed, zones: next });
    },
  };
}

function Preview({ document }: { readonly document: StudioDocument }) {
  const image = useStudioState(() => baseImageNow(document));
  const thumbnail = useMemo(
    () => (image === undefined ? document.thumbnail : thumbnailOf(image, PREVIEW)),
    [image, document.thumbnail],
  );
  return <ThumbnailImage thumbnail={thumbnail} className={styles.picture} />;
}

export default function SwapDialog() {
  const studio = useStudio();
  const setDialog = useStudioState((state) => state.setDialog);
  const {
    document,
    donor,
    chosenKey,
    chooseDonor,
    mixing,
    strength,
    setStrength,
    reading,
    findings,
    own,
    chosen,
    zones,
    side,
    asksSide,
    asked,
    repairs,
    refusal,
    clear,
    setClear,
    exact,
    setExact,
    hasPathology,
    isMeasuring,
    go,
    setGo,
    clears,
    choose,
    chooseSide,
    take,
  } = useSwap();
  const same = donor.status === 'ready' && donor.donor.isRecipient === true;
  const words =
    donor.status !== 'ready' || same || asked.length === 0 || refusal !== undefined ? undefined : inWords(asked);
  // What travels would not be what the switch says.
  const waits = (isMeasuring && exact) || (mixing.on && mixing.second.status !== 'ready');
  const use = async (andGenerate: boolean) => {
    if (words === undefined) return;
    borrow(studio, asked);
    setDialog(undefined);
    if (andGenerate) await generate(studio);
  };
  return (
    <Sheet
      name="swap"
      title={say.title()}
      about={say.about()}
      foot={
        <>
          <p className={styles.words} aria-live="polite">
            {(same ? say.sameFilm() : refusal) ??
              (words === undefined ? say.chooseDonor() : say.request({ request: words }))}
          </p>
          <Button disabled={words === undefined || waits} onClick={() => void use(false)}>
            {say.useAsRequest()}
          </Button>
          <Button tone="primary" icon={Sparkles} disabled={words === undefined || waits} onClick={() => void use(true)}>
            {say.useAndGenerate()}
          </Button>
        </>
      }
    >
      {document === undefined || reading === undefined ? (
        <p>{say.openFirst()}</p>
      ) : (
        <div className={styles.columns}>
          <DonorList chosen={chosenKey} onChoose={chooseDonor} />
          <div className={styles.pair}>
            <figure className={styles.figure}>
              <figcaption className={styles.caption}>
                <Rich
                  message={say.donorNamed}
                  values={{ name: donor.status === 'ready' ? donor.donor.title : '' }}
                  tags={BOLD}
                />
              </figcaption>
              {donor.status === 'ready' ? (
                <>
                  <DonorPicture key={donor.key} donor={donor.donor} className={styles.picture} />
                  <MiniChest label={say.donorAsRead()} zones={donor.donor.reading.zoneSeverity} />
                  <MixDonors mixing={mixing} />
                </>
              ) : (
                <div className={styles.blank} aria-busy={donor.status === 'reading'}>
                  {donor.status === 'reading' ? say.beingRead() : say.chooseOnLeft()}
                </div>
              )}
            </figure>
            <ArrowRight aria-hidden className={styles.arrow} size={20} />
            <figure className={styles.figure}>
              <figcaption className={styles.caption}>
                <Rich message={say.thisPatient} values={{ name: document.radiograph.name }} tags={BOLD} />
              </figcaption>
              <Preview document={document} />
              <MiniChest
                label={say.asAsked()}
                zones={reading.zoneSeverity}
                asked={asked.find(({ finding }) => knowledgeOf(finding).opacityLike)?.severities ?? {}}
              />
            </figure>
          </div>
          <div className={styles.choice}>
            {donor.status === 'failed' ? <ProblemText problem={donor.problem} /> : null}
            {donor.status === 'ready' && findings.length === 0 ? (
              <p className={styles.note}>
                <Info aria-hidden size={14} />
                {say.nothingTravels()}
              </p>
            ) : null}
            {donor.status !== 'ready' || findings.length === 0 ? null : (
              <>
                <Travelling
                  findings={findings}
                  chosen={chosen}
                  zones={zones}
                  side={side}
                  onChosen={choose}
                  onZones={take}
                />
                {asksSide ? <PneumothoraxSide side={side} onChange={chooseSide} /> : null}
                {hasPathology || isMeasuring ? (
                  <Switch
                    label={isMeasuring ? say.readingPathology() : say.withPathology()}
                    checked={exact}
                    onChange={setExact}
                  />
                ) : null}
                {donor.problem === undefined ? null : <ProblemText problem={donor.problem} />}
                <DonorNotes donor={donor} patient={document} />
                <Strength value={strength} onChange={setStrength} />
                {clears ? <Switch label={say.clearOwn()} checked={clear} onChange={setClear} /> : null}
                {own.length === 0 ? null : (
                  <fieldset className={styles.own}>
                    <legend className={styles.legend}>{say.ownThatGo()}</legend>
                    {own.map(({ finding, probability }) => {
                      const replaced = chosen.includes(finding);
                      return (
                        <Tick
                          key={finding}
                          label={findingLabel(finding)}
                          detail={percent(probability)}
                          note={replaced ? say.stays() : undefined}
                          checked={!replaced && go.includes(finding)}
                          onToggle={() => {
                            setGo(go.includes(finding) ? go.filter((each) => each !== finding) : [...go, finding]);
                          }}
                        />
                      );
                    })}
                  </fieldset>
                )}
                {repairs.map((repair) => (
                  <p key={repair} className={styles.note}>
                    <Info aria-hidden size={14} />
                    {repair}
                  </p>
                ))}
                {document.mask === undefined ? null : <p className={styles.note}>{say.maskAside()}</p>}
              </>
            )}
          </div>
        </div>
      )}
    </Sheet>
  );
}
