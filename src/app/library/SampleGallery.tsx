/** Openly licensed films and radiographs made by our own denoiser, to try the studio with nothing else at hand. */

import { ImageOff } from 'lucide-react';
import { useId } from 'react';
import * as say from '../../messages/en/library';
import { openSample } from '../../state/commands/samples';
import { creditOf, type Sample } from '../../state/samples';
import { useStudio, useStudioState } from '../StudioContext';
import { smallSampleAddress } from '../sampleAddress';
import { classes } from '../ui/classes';
import { ProblemText } from '../ui/Problem';
import styles from './SampleGallery.module.css';

function Card({ sample }: { readonly sample: Sample }) {
  const studio = useStudio();
  const kindId = useId();
  const about = [sample.description, creditOf(sample) ?? ''].filter((part) => part !== '').join('\n');
  return (
    <li>
      <button
        type="button"
        className={styles.card}
        title={about}
        aria-label={sample.title}
        aria-describedby={kindId}
        onClick={() => void openSample(studio, sample)}
      >
        <span className={styles.frame}>
          <img
            className={styles.picture}
            src={smallSampleAddress(sample)}
            alt=""
            loading="lazy"
            width={96}
            height={96}
          />
          <span id={kindId} className={styles.kind} data-kind={sample.kind}>
            {sample.kind === 'real' ? say.real() : say.synthetic()}
          </span>
        </span>
        <span className={styles.title}>{sample.title}</span>
      </button>
    </li>
  );
}

/** Licences want credit where the films are shown, and these are shown small above. */
function Credits({ samples }: { readonly samples: readonly Sample[] }) {
  const credits = [...new Set(samples.flatMap((sample) => creditOf(sample) ?? []))];
  return credits.length === 0 ? null : <p className={styles.credits}>{say.credits({ credits: credits.join('; ') })}</p>;
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
    <>
      <ul className={grid} aria-label={say.samples()}>
        {gallery.samples.map((sample) => (
          <Card key={sample.file} sample={sample} />
        ))}
      </ul>
      <Credits samples={gallery.samples} />
    </>
  );
}
