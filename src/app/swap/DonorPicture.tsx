/** The donor's film, and the two streams that it is taken apart into: its anatomy, and the pathology that travels. */

import { ToggleGroup } from 'radix-ui';
import { useState } from 'react';
import * as say from '../../messages/en/swap';
import type { Donor } from '../../state/swap';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './DonorPicture.module.css';

const VIEWS = [
  { view: 'film', label: say.viewFilm, about: say.aboutFilm },
  { view: 'pathology', label: say.viewPathology, about: say.aboutPathology },
  { view: 'healthy', label: say.viewHealthy, about: say.aboutHealthy },
] as const;
type View = (typeof VIEWS)[number]['view'];

export function DonorPicture({ donor, className }: { readonly donor: Donor; readonly className?: string | undefined }) {
  const [view, setView] = useState<View>('film');
  const { streams, thumbnail } = donor;
  if (streams === undefined) return <ThumbnailImage thumbnail={thumbnail} className={className} />;
  const shown = view === 'film' ? thumbnail : streams[view];
  return (
    <div className={styles.picture}>
      <ThumbnailImage thumbnail={shown} className={className} />
      <ToggleGroup.Root
        type="single"
        className={styles.views}
        aria-label={say.donorViews()}
        value={view}
        onValueChange={(value) => {
          const next = VIEWS.find((each) => each.view === value);
          if (next !== undefined) setView(next.view);
        }}
      >
        {VIEWS.map((each) => (
          <ToggleGroup.Item key={each.view} value={each.view} className={styles.view}>
            {each.label()}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <p className={styles.about} aria-live="polite">
        {VIEWS.find((each) => each.view === view)?.about()}
      </p>
    </div>
  );
}
