/** Whose finding to borrow: another open radiograph, a sample, or a file. */

import { FolderOpen } from 'lucide-react';
import * as say from '../../messages/en/swap';
import type { DonorSource } from '../../state/commands/swap';
import { currentDocument } from '../../state/slices/documents';
import { smallSampleAddress } from '../sampleAddress';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './DonorList.module.css';

interface DonorListProps {
  /** Of the chosen one; see `donorKey`. */
  readonly chosen: string | undefined;
  readonly onChoose: (source: DonorSource) => void;
  /** The radiograph on the screen too: it may be its own patient's donor in a matrix. */
  readonly all?: boolean;
}

/** Tells donors apart. */
export function donorKey(source: DonorSource): string {
  if (source.kind === 'document') return `document ${source.document.id}`;
  return source.kind === 'sample' ? `sample ${source.sample.file}` : `file ${source.file.name}`;
}

function Card({
  source,
  title,
  chosen,
  onChoose,
}: {
  readonly source: DonorSource;
  readonly title: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button type="button" className={styles.card} aria-pressed={chosen} onClick={onChoose} title={title}>
      {source.kind === 'document' ? (
        <ThumbnailImage thumbnail={source.document.thumbnail} className={styles.picture} />
      ) : null}
      {source.kind === 'sample' ? (
        <img
          className={styles.picture}
          src={smallSampleAddress(source.sample)}
          alt=""
          loading="lazy"
          width={64}
          height={64}
        />
      ) : null}
      <span className={styles.title}>{title}</span>
    </button>
  );
}

export function DonorList({ chosen, onChoose, all = false }: DonorListProps) {
  const studio = useStudio();
  const documents = useStudioState((state) => state.documents);
  const current = useStudioState(currentDocument);
  const gallery = useStudioState((state) => state.gallery);
  const others = documents
    .filter((document) => all || document !== current)
    .map((document): DonorSource => ({ kind: 'document', document }));
  const samples =
    gallery.status === 'ready' ? gallery.samples.map((sample): DonorSource => ({ kind: 'sample', sample })) : [];
  const choose = async () => {
    const [file] = await studio.services.pickFiles();
    if (file !== undefined) onChoose({ kind: 'file', file });
  };
  const cards = (sources: readonly DonorSource[]) =>
    sources.map((source) => {
      const title =
        source.kind === 'document'
          ? source.document.radiograph.name
          : source.kind === 'sample'
            ? source.sample.title
            : source.file.name;
      return (
        <li key={donorKey(source)}>
          <Card
            source={source}
            title={title}
            chosen={chosen === donorKey(source)}
            onChoose={() => {
              onChoose(source);
            }}
          />
        </li>
      );
    });
  return (
    <div className={styles.donors}>
      {others.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{say.openRadiographs()}</h3>
          <ul className={styles.list}>{cards(others)}</ul>
        </section>
      )}
      {samples.length === 0 ? null : (
        <section>
          <h3 className={styles.heading}>{say.samples()}</h3>
          <ul className={styles.list}>{cards(samples)}</ul>
        </section>
      )}
      <Button icon={FolderOpen} onClick={() => void choose()}>
        {say.fromFile()}
      </Button>
    </div>
  );
}
