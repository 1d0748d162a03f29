/** How severe it shall be, from absent to severe, or gone: once for all zones, or for each. */

import { Eraser } from 'lucide-react';
import { useState } from 'react';
import { MAX_SEVERITY } from '../../findings/vocabulary';
import { setSeverity } from '../../state/commands/request';
import { currentDocument } from '../../state/slices/documents';
import { actionErase } from '../actions/erase';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { LabelledSlider } from '../ui/LabelledSlider';
import { PlaceSeverities } from './PlaceSeverities';
import styles from './SeverityControl.module.css';
import { severityWord } from './severityScale';

const LABELS = ['Absent', 'Mild', 'Moderate', 'Severe'] as const;

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
        <span>Severity</span>
        <span className={styles.value}>{severity === 0 ? 'erased' : differ ? `up to ${severity.toFixed(1)}` : severity.toFixed(1)}</span>
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
            {each ? 'One for all zones' : 'Each zone…'}
          </button>
        ) : null}
      </div>
      <div className={styles.row}>
        <div className={styles.scale}>
          <LabelledSlider
            label="Severity"
            value={severity}
            min={0}
            max={MAX_SEVERITY}
            step={0.1}
            valueText={`${severity.toFixed(1)}, ${severityWord(severity)}`}
            disabled={request === undefined}
            onChange={(next) => { setSeverity(studio, Math.round(next * 10) / 10); }}
          />
          <div className={styles.labels}>
            {LABELS.map((label, value) => (
              <button key={label} type="button" tabIndex={-1} data-on={Math.abs(severity - value) < 0.05} onClick={() => { setSeverity(studio, value); }}>
                {label}
              </button>
            ))}
          </div>
        </div>
        <Button icon={Eraser} aria-pressed={severity === 0} onClick={() => void actionErase.perform(studio)}>
          Erase
        </Button>
      </div>
      {each ? <PlaceSeverities request={request} /> : null}
      {differ && masked ? <p className={styles.note}>A painted mask has one severity: {severity.toFixed(1)}. Clear the mask to grade each zone.</p> : null}
    </div>
  );
}
