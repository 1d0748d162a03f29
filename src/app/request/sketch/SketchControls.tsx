/** Of a finding that is drawn: how much of it in its own unit, how it looks, where its centre lies. The picture follows at once. */

import { isRemoval } from '../../../findings/change';
import { Dices, Eye, EyeOff, LocateFixed, X } from 'lucide-react';
import { amountOf, severityOfAmount } from '../../../findings/amounts';
import { amountText } from '../../../findings/amountWords';
import { drawnKind, isGradedAlone } from '../../../findings/drawn';
import { severityWord } from '../../../findings/words';
import * as say from '../../../messages/en/sketch';
import { fixed } from '../../../messages/numbers';
import { drawsSomething } from '../../../state/commands/liveSketch';
import { dropDonor, setAmount, setCentre, setSeverity } from '../../../state/commands/request';
import { currentDocument } from '../../../state/slices/documents';
import { actionRollSeed } from '../../actions/request';
import { useStudio, useStudioState } from '../../StudioContext';
import { Button } from '../../ui/Button';
import { Hint } from '../../ui/Hint';
import { AmountSlider } from './AmountSlider';
import { KnowledgeCard } from './KnowledgeCard';
import { SketchOptions } from './SketchOptions';
import { SketchProblem } from './SketchProblem';
import { amountName } from './sketchWords';
import styles from './SketchControls.module.css';

function PreviewSwitch() {
  const wanted = useStudioState((state) => state.sketchWanted);
  const setWanted = useStudioState((state) => state.setSketchWanted);
  return (
    <Hint label={say.show()}>
      <button
        type="button"
        className={styles.eye}
        aria-label={say.show()}
        aria-pressed={wanted}
        onClick={() => {
          setWanted(!wanted);
        }}
      >
        {wanted ? <Eye aria-hidden size={14} /> : <EyeOff aria-hidden size={14} />}
      </button>
    </Hint>
  );
}

/** A press puts the tool in hand that points at the picture. */
function Placing() {
  const studio = useStudio();
  const tool = useStudioState((state) => state.tool);
  const at = useStudioState((state) => currentDocument(state)?.request.sketch?.at);
  const setTool = useStudioState((state) => state.setTool);
  const placing = tool === 'place';
  return (
    <>
      <Button
        size="small"
        icon={LocateFixed}
        aria-pressed={placing}
        onClick={() => {
          setTool(placing ? 'window' : 'place');
        }}
      >
        {placing ? say.placing() : say.place()}
      </Button>
      {at === undefined ? null : (
        <Hint label={say.anywhere()}>
          <Button
            size="small"
            tone="quiet"
            icon={X}
            aria-label={say.anywhere()}
            onClick={() => {
              setCentre(studio, undefined);
            }}
          />
        </Hint>
      )}
    </>
  );
}

/** That it is another patient's, or what was erased here, and how it is that no longer. */
function Donors({ note = say.donorsOwn(), dropping = say.withoutDonor() }: { note?: string; dropping?: string }) {
  const studio = useStudio();
  return (
    <div className={styles.row}>
      <span className={styles.note}>{note}</span>
      <Hint label={dropping}>
        <Button
          size="small"
          tone="quiet"
          icon={X}
          aria-label={dropping}
          onClick={() => {
            dropDonor(studio);
          }}
        />
      </Hint>
    </div>
  );
}

export function SketchControls() {
  const studio = useStudio();
  const request = useStudioState((state) => currentDocument(state)?.request);
  const about = useStudioState((state) => state.sketch.status === 'drawn' && state.sketch.view.about);
  const narrowsFrom = useStudioState((state) =>
    state.sketch.status === 'drawn' ? state.sketch.view.narrowsFrom : undefined,
  );
  const kind = request === undefined ? undefined : drawnKind(request.finding);
  if (request === undefined || kind === undefined || isRemoval(request)) return null;
  const { finding, severity, severities, sketch } = request;
  if (sketch?.pathology !== undefined) {
    return (
      <section className={styles.sketch} aria-label={say.fromDonor()} data-testid="sketch-controls">
        <Donors />
        <KnowledgeCard key={finding} finding={finding} />
      </section>
    );
  }
  if (sketch?.taken !== undefined) {
    return (
      <section className={styles.sketch} aria-label={say.takenHere()} data-testid="sketch-controls">
        <Donors note={say.givenBack()} dropping={say.drawnAnew()} />
        <KnowledgeCard key={finding} finding={finding} />
      </section>
    );
  }
  if (!drawsSomething(request)) return null;
  const amount = amountOf(kind.amount, {
    severity,
    ...(sketch?.amount === undefined ? {} : { amount: sketch.amount }),
  });
  const { unit } = kind.amount;
  const isGraded = isGradedAlone(finding, sketch?.options);
  const label = isGraded ? say.collapse() : amountName(finding, sketch?.options);
  const text = isGraded ? severityWord(severity) : amountText(amount, unit, about);
  return (
    <section className={styles.sketch} aria-label={say.panel()} data-testid="sketch-controls">
      <div className={styles.heading}>
        <span>{label}</span>
        <span className={styles.value}>{text}</span>
        <PreviewSwitch />
      </div>
      {severities === undefined ? (
        <AmountSlider
          label={label}
          range={kind.amount}
          value={amount}
          valueText={isGraded ? text : say.amountNamed({ amount: text, grade: severityWord(severity) })}
          onChange={(next) => {
            if (isGraded) setSeverity(studio, severityOfAmount(kind.amount, next));
            else setAmount(studio, next);
          }}
        />
      ) : null}
      <SketchOptions kind={kind} chosen={sketch?.options} />
      <div className={styles.row}>
        <Button size="small" icon={Dices} onClick={() => void actionRollSeed.perform(studio)}>
          {say.anotherShape()}
        </Button>
        {kind.focal ? <Placing /> : null}
      </div>
      {sketch?.shape === undefined ? null : <Donors />}
      <SketchProblem />
      {narrowsFrom === undefined ? null : (
        <p className={styles.note} role="status">
          {say.becomesNarrower({ ratio: fixed(narrowsFrom, 2) })}
        </p>
      )}
      {unit === 'mm' && about ? <p className={styles.note}>{say.estimated()}</p> : null}
      <KnowledgeCard key={finding} finding={finding} />
    </section>
  );
}
