/** Five steps through the studio, on a sample, each taken once the one before is done. The screen stays usable meanwhile. */

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import * as say from '../../messages/en/tour';
import { openSample } from '../../state/commands/samples';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { CrossButton } from '../ui/CrossButton';
import { placeCard } from './placeCard';
import { TOUR, type TourStep } from './steps';
import styles from './Tour.module.css';
import { useTarget } from './useTarget';

const WIDTH = 340;
/** Until it is measured. */
const HEIGHT = 220;

/** Something to show it on: opens the first sample where nothing is open. */
function useSample(): void {
  const studio = useStudio();
  const asked = useRef(false);
  const sample = useStudioState(({ gallery }) => (gallery.status === 'ready' ? gallery.samples[0] : undefined));
  const empty = useStudioState((state) => state.documents.length === 0);
  useEffect(() => {
    if (!empty || sample === undefined || asked.current) return;
    asked.current = true;
    void openSample(studio, sample);
  }, [studio, sample, empty]);
}

interface CardProps {
  readonly step: TourStep;
  readonly index: number;
  readonly onGo: (index: number) => void;
  readonly onEnd: () => void;
}

function Card({ step, index, onGo, onEnd }: CardProps) {
  const studio = useStudio();
  const target = useTarget(step.target);
  const done = useStudioState(step.done);
  const todo = useStudioState((state) => (step.done(state) ? undefined : step.todo(state)));
  const setPanelTab = useStudioState((state) => state.setPanelTab);
  const card = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(HEIGHT);
  useEffect(() => {
    card.current?.focus();
  }, [step]);
  useEffect(() => {
    if (step.tab !== undefined) setPanelTab(step.tab);
  }, [step, setPanelTab]);
  useEffect(() => {
    setHeight(card.current?.offsetHeight ?? HEIGHT);
  }, [step, todo]);
  const last = index === TOUR.length - 1;
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onEnd();
    if (key === 'ArrowRight' && !last && done) onGo(index + 1);
    if (key === 'ArrowLeft' && index > 0) onGo(index - 1);
  };
  const at = placeCard(target, { width: WIDTH, height }, { width: window.innerWidth, height: window.innerHeight });
  return (
    <>
      {target === undefined ? null : <div className={styles.ring} style={{ ...target }} aria-hidden />}
      <div
        ref={card}
        className={styles.card}
        style={at}
        role="dialog"
        aria-modal={false}
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <p className={styles.count}>{say.step({ step: index + 1, steps: TOUR.length })}</p>
        <h2 id="tour-title" className={styles.title}>
          {step.title()}
        </h2>
        <p id="tour-text" className={styles.text}>
          {step.text()}
        </p>
        <p id="tour-todo" className={styles.todo} role="status">
          {todo}
        </p>
        <div className={styles.buttons}>
          <Button tone="quiet" onClick={onEnd}>
            {last ? say.close() : say.skip()}
          </Button>
          <span className={styles.gap} />
          {index === 0 ? null : (
            <Button
              onClick={() => {
                onGo(index - 1);
              }}
            >
              {say.back()}
            </Button>
          )}
          {last ? (
            <Button tone="primary" onClick={onEnd}>
              {say.done()}
            </Button>
          ) : (
            <>
              {done || step.perform === undefined ? null : (
                <Button onClick={() => void step.perform?.(studio)}>{say.doIt()}</Button>
              )}
              <Button
                tone="primary"
                disabled={!done}
                aria-describedby="tour-todo"
                onClick={() => {
                  onGo(index + 1);
                }}
              >
                {say.next()}
              </Button>
            </>
          )}
        </div>
        <CrossButton label={say.closeTour()} className={styles.close} onClick={onEnd} />
      </div>
    </>
  );
}

export default function Tour() {
  useSample();
  const setDialog = useStudioState((state) => state.setDialog);
  const setTourSeen = useStudioState((state) => state.setTourSeen);
  const [index, setIndex] = useState(0);
  const step = TOUR[index];
  useEffect(() => {
    setTourSeen();
  }, [setTourSeen]);
  if (step === undefined) return null;
  return (
    <Card
      step={step}
      index={index}
      onGo={setIndex}
      onEnd={() => {
        setDialog(undefined);
      }}
    />
  );
}
