/** Which two pictures of the radiograph are compared: the source and its versions, any with any. */

import * as say from '../../messages/en/stage';
import { comparedIdOf, picturesOf, RADIOGRAPH } from '../../state/slices/compare';
import { currentDocument } from '../../state/slices/documents';
import type { StudioDocument } from '../../record/studioDocument';
import { useStudioState } from '../StudioContext';
import styles from './ComparedPictures.module.css';

interface PickerProps {
  readonly label: string;
  readonly mark: string;
  readonly value: string;
  readonly pictures: ReturnType<typeof picturesOf>;
  readonly onPick: (id: string) => void;
}

function Picker({ label, mark, value, pictures, onPick }: PickerProps) {
  return (
    <label className={styles.picker}>
      <span className={styles.mark} aria-hidden>
        {mark}
      </span>
      <select
        aria-label={label}
        value={value}
        title={pictures.find(({ id }) => id === value)?.title}
        onChange={(event) => {
          onPick(event.target.value);
        }}
      >
        {pictures.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Pickers({ document, shownId }: { readonly document: StudioDocument; readonly shownId: string }) {
  const comparedId = useStudioState((state) => state.comparedId);
  const setCompared = useStudioState((state) => state.setCompared);
  const showDocument = useStudioState((state) => state.showDocument);
  // Two results may have been asked for in the same words.
  const pictures = picturesOf(document).map((picture, index) =>
    picture.id === RADIOGRAPH
      ? picture
      : { ...picture, title: say.versionNumber({ number: index, title: picture.title }) },
  );
  const left = comparedIdOf(document, comparedId);
  return (
    <div className={styles.pictures} role="group" aria-label={say.compared()}>
      <Picker
        label={say.leftPicture()}
        mark="A"
        value={left}
        pictures={pictures.filter(({ id }) => id !== shownId)}
        onPick={setCompared}
      />
      <Picker
        label={say.rightPicture()}
        mark="B"
        value={shownId}
        pictures={pictures.filter(({ id }) => id !== RADIOGRAPH)}
        onPick={(id) => {
          // What was on the left stays there, unless it moves to the right.
          setCompared(id === left ? shownId : left);
          showDocument(document.id, id);
        }}
      />
    </div>
  );
}

/** Nothing to choose while there is one result at most. */
export function ComparedPictures() {
  const document = useStudioState(currentDocument);
  if (document?.shownVersionId === undefined || document.versions.length < 2) return null;
  return <Pickers document={document} shownId={document.shownVersionId} />;
}
