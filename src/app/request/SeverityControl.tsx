/** How severe it shall be, from absent to severe, or gone: once for all zones, or for each. */

import { Eraser } from 'lucide-react';
import { useState } from 'react';
import { MAX_SEVERITY } from '../../findings/vocabulary';
import { severityWord } from '../../findings/words';
import * as say from '../../messages/en/request';
import { fixed } from '../../messages/numbers';
import { setSeverity } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import { actionErase } from '../actions/request';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { LabelledSlider } from '../ui/LabelledSlider';
import { PlaceSeverities } from './PlaceSeverities';
import styles from './SeverityControl.module.css';

const LABELS = [say.absent, say.mild, say.moderate, say.severe] as const;

export function SeverityControl() {
  const studio = useStudio();
  const request = useStudioState((state) => currentDocument(state)?.request);
  const masked = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  const [apart, setApart] = useState(false);
  const severity = request?.severity ?? 2;
  const several = request !== undefined && request.places.length > 1 && severity > 0;
  const differ = request?.severities !== undefined;
  const each = several && (apart || differ);
  return (
    <div className={styles.control}>
      <div className={styles.heading}>
        <span>{say.severity()}</span>
        <span className={styles.value}>
          {severity === 0 ? say.erased() : differ ? say.upTo({ grade: fixed(severity, 1) }) : fixed(severity, 1)}
        </span>
        {several ? (
          <button
            type="button"
            className={styles.apart}
            aria-expanded={each}
            onClick={() => {
              setApart(!each);
              if (each && differ) setSeverity(studio, severity);
            }}
          >
            {each ? say.oneForAll() : say.eachZone()}
          </button>
        ) : null}
      </div>
      <div className={styles.row}>
        <div className={styles.scale}>
          <LabelledSlider
            label={say.severity()}
            value={severity}
            min={0}
            max={MAX_SEVERITY}
            step={0.1}
            valueText={say.gradeNamed({ grade: fixed(severity, 1), name: severityWord(severity) })}
            disabled={request === undefined}
            onChange={(next) => {
              setSeverity(studio, Math.round(next * 10) / 10);
            }}
          />
          <div className={styles.labels}>
            {LABELS.map((label, value) => (
              <button
                key={value}
                type="button"
                tabIndex={-1}
                data-on={Math.abs(severity - value) < 0.05}
                onClick={() => {
                  setSeverity(studio, value);
                }}
              >
                {label()}
              </button>
            ))}
          </div>
        </div>
        <Button icon={Eraser} aria-pressed={severity === 0} onClick={() => void actionErase.perform(studio)}>
          {say.erase()}
        </Button>
      </div>
      {each ? <PlaceSeverities request={request} /> : null}
      {differ && masked ? <p className={styles.note}>{say.maskHasOne({ grade: fixed(severity, 1) })}</p> : null}
    </div>
  );
}
