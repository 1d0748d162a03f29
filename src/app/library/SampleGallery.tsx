/** Radiographs made by our own denoiser, to try the studio with nothing else at hand. */

import { ImageOff } from 'lucide-react';
import * as say from '../../messages/en/library';
import { openSample } from '../../state/commands/samples';
import type { Sample } from '../../state/samples';
import { useStudio, useStudioState } from '../StudioContext';
import { sampleAddress } from '../sampleAddress';
import { classes } from '../ui/classes';
import { ProblemText } from '../ui/Problem';
import styles from './SampleGallery.module.css';

function Card({ sample }: { readonly sample: Sample }) {
  const studio = useStudio();
  return (
    <li>
      <button type="button" className={styles.card} title={sample.description} onClick={() => void openSample(studio, sample)}>
        <img className={styles.picture} src={sampleAddress(sample)} alt="" loading="lazy" width={96} height={96} />
        <span className={styles.title}>{sample.title}</span>
      </button>
    </li>
  );
}

interface SampleGalleryProps {
  /** A row for the start screen instead of a column beside the picture. */
  readonly wide?: boolean;
}

export function SampleGallery({ wide = false }: SampleGalleryProps) {
  const grid = classes(styles.grid, wide && styles.wide);
  const gallery = useStudioState((state) => state.gallery);
  if (gallery.status === 'loading') {
    return (
      <ul className={grid} aria-label={say.listing()} aria-busy>
        {[0, 1, 2, 3].map((index) => (
          <li key={index} className={styles.ghost} />
        ))}
      </ul>
    );
  }
  if (gallery.status === 'failed') return <ProblemText problem={gallery.problem} />;
  if (gallery.samples.length === 0) {
    return (
      <p className={styles.none}>
        <ImageOff aria-hidden size={16} strokeWidth={1.6} />
        {say.noSamples()}
      </p>
    );
  }
  return (
    <ul className={grid} aria-label={say.samples()}>
      {gallery.samples.map((sample) => (
        <Card key={sample.file} sample={sample} />
      ))}
    </ul>
  );
}
