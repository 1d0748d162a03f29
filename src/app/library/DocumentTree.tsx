/** Opened radiographs, each with its counterfactuals below it. */

import { X } from 'lucide-react';
import type { StudioDocument, Version } from '../../state/studioDocument';
import { useStudioState } from '../StudioContext';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './DocumentTree.module.css';

interface RowProps {
  readonly shown: boolean;
  readonly title: string;
  readonly detail: string;
  readonly thumbnail: StudioDocument['thumbnail'];
  readonly onShow: () => void;
}

function Row({ shown, title, detail, thumbnail, onShow }: RowProps) {
  return (
    <button type="button" className={styles.row} aria-current={shown ? 'true' : undefined} onClick={onShow}>
      <span className={styles.frame}>
        <ThumbnailImage thumbnail={thumbnail} className={styles.thumbnail} />
      </span>
      <span className={styles.words}>
        <span className={styles.title} title={title}>
          {title}
        </span>
        <span className={styles.detail}>{detail}</span>
      </span>
    </button>
  );
}

function sourceDetail({ analysis, versions }: StudioDocument): string {
  if (analysis.status === 'running') return 'Being read…';
  if (analysis.status === 'failed') return 'Could not be read';
  if (versions.length === 0) return 'Source';
  return versions.length === 1 ? 'Source, 1 version' : `Source, ${String(versions.length)} versions`;
}

function versionDetail({ counterfactual }: Version): string {
  const { seed } = counterfactual.recipe.sampling;
  return `Seed ${String(seed)} · ${(counterfactual.milliseconds / 1000).toFixed(1)} s`;
}

function Branch({ document }: { readonly document: StudioDocument }) {
  const { id, radiograph, versions } = document;
  const current = useStudioState((state) => state.currentId === id);
  const busy = useStudioState(({ generation }) => generation.status === 'running' && generation.documentId === id);
  const showDocument = useStudioState((state) => state.showDocument);
  const closeDocument = useStudioState((state) => state.closeDocument);
  return (
    <li>
      <div className={styles.source}>
        <Row
          shown={current && document.shownVersionId === undefined}
          title={radiograph.name}
          detail={sourceDetail(document)}
          thumbnail={document.thumbnail}
          onShow={() => {
            showDocument(id);
          }}
        />
        <button
          type="button"
          className={styles.close}
          aria-label={`Close ${radiograph.name}`}
          disabled={busy}
          onClick={() => {
            closeDocument(id);
          }}
        >
          <X aria-hidden size={14} />
        </button>
      </div>
      {versions.length === 0 ? null : (
        <ul className={styles.versions} aria-label={`Counterfactuals of ${radiograph.name}`}>
          {versions.map((version) => (
            <li key={version.id} className={styles.version}>
              <Row
                shown={current && document.shownVersionId === version.id}
                title={version.label}
                detail={versionDetail(version)}
                thumbnail={version.thumbnail}
                onShow={() => {
                  showDocument(id, version.id);
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function DocumentTree() {
  const documents = useStudioState((state) => state.documents);
  return (
    <ul className={styles.tree} aria-label="Images and versions">
      {documents.map((document) => (
        <Branch key={document.id} document={document} />
      ))}
    </ul>
  );
}
