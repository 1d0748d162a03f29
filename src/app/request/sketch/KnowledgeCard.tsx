/** "How a radiologist knows it": signs, sites, sizes and sources of a drawn finding. Fetched when it is opened. */

import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useState } from 'react';
import type { SketchKnowledge } from '../../../counterfactual/sketch/knowledge';
import type { Finding } from '../../../findings/vocabulary';
import * as say from '../../../messages/en/sketch';
import { useStudio } from '../../StudioContext';
import styles from './SketchControls.module.css';

function Part({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

export function KnowledgeCard({ finding }: { readonly finding: Finding }) {
  const { services } = useStudio();
  const [known, setKnown] = useState<SketchKnowledge | undefined>(undefined);
  const fetchIt = (open: boolean): void => {
    if (!open || known !== undefined) return;
    // What cannot be fetched leaves the card with its first line.
    services.sketches.know(finding).then(setKnown, () => undefined);
  };
  return (
    <Collapsible.Root className={styles.knows} onOpenChange={fetchIt}>
      <Collapsible.Trigger className={styles.trigger}>
        <ChevronRight aria-hidden size={13} />
        {say.knows()}
      </Collapsible.Trigger>
      <Collapsible.Content className={styles.card}>
        <p>{say.reconstruction()}</p>
        {known === undefined ? null : (
          <>
            <Part title={say.signs()} sentences={known.signs} />
            <Part title={say.sites()} sentences={known.sites} />
            <Part title={say.sizes()} sentences={known.sizes} />
            <Part title={say.attenuation()} sentences={known.attenuation} />
            <div className={styles.sources}>
              <Part title={say.sources()} sentences={known.sources} />
            </div>
          </>
        )}
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
