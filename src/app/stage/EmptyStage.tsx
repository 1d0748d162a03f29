/** Nothing is open: where to begin. */

import { FolderOpen, ShieldCheck } from 'lucide-react';
import { openSample } from '../../state/commands/samples';
import { firstSamples } from '../../state/samples';
import { actionOpenFiles } from '../actions/openFiles';
import { sampleAddress } from '../sampleAddress';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './EmptyStage.module.css';

function FirstSamples() {
  const studio = useStudio();
  const gallery = useStudioState((state) => state.gallery);
  if (gallery.status !== 'ready' || gallery.samples.length === 0) return null;
  return (
    <div className={styles.samples}>
      <p className={styles.or}>or begin with a synthetic radiograph</p>
      <ul className={styles.row}>
        {firstSamples(gallery.samples, 4).map((sample) => (
          <li key={sample.file}>
            <button type="button" className={styles.sample} onClick={() => void openSample(studio, sample)}>
              <img src={sampleAddress(sample)} alt="" width={112} height={112} />
              <span>{sample.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function EmptyStage() {
  const studio = useStudio();
  const opening = useStudioState((state) => state.opening);
  const [name] = opening;
  return (
    <div className={styles.stage}>
      <div className={styles.drop}>
        <h2 className={styles.title}>{name === undefined ? 'Drop a chest radiograph here' : `Opening ${name}`}</h2>
        <p className={styles.formats}>DICOM, PNG with 8 or 16 bits, or JPEG. Several at once, or paste one.</p>
        <Button tone="primary" size="large" icon={FolderOpen} onClick={() => void actionOpenFiles.perform(studio)} disabled={name !== undefined}>
          Open radiographs
        </Button>
        <p className={styles.privacy}>
          <ShieldCheck aria-hidden size={15} strokeWidth={1.75} />
          Everything is computed in this browser. No pixel leaves this computer.
        </p>
      </div>
      <FirstSamples />
    </div>
  );
}
