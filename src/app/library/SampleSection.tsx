/** The samples beside what is open: folded away, as whoever has opened something works on that. */

import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import * as say from '../../messages/en/library';
import styles from './Library.module.css';
import { SampleGallery } from './SampleGallery';

export function SampleSection() {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={styles.samples} aria-label={say.samples()} data-open={open}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-controls={id}
        title={open ? say.hideSamples() : say.showSamples()}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <ChevronRight aria-hidden size={14} />
        {say.samples()}
      </button>
      <div id={id} className={styles.gallery} hidden={!open}>
        {open ? <SampleGallery /> : null}
      </div>
    </section>
  );
}
