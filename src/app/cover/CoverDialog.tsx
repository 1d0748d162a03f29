/** Boxes drawn over a film, and the covered copy that is made of them. */

import { Plus, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Box } from '../../imaging/box';
import type { Radiograph } from '../../imaging/radiograph';
import { inSlices } from '../../imaging/slices';
import * as say from '../../messages/en/cover';
import { thumbnailInSlices, type Thumbnail } from '../../record/thumbnail';
import { openCovered } from '../../state/commands/cover';
import { textOf } from '../../state/commands/lookForText';
import { currentDocument } from '../../state/slices/documents';
import { Sheet } from '../dialogs/Sheet';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import { Switch } from '../ui/Switch';
import { boxInTheMiddle } from './boxes';
import styles from './CoverDialog.module.css';
import { CoverPicture } from './CoverPicture';

/** Of the longer side, in pixels: letters of a large film can still be told when it is enlarged. */
const SHARPNESS = 2400;
const ENLARGED = [1, 2, 4] as const;

export default function CoverDialog() {
  const studio = useStudio();
  // Files that are still opened come to the screen below; the boxes belong to this film.
  const [radiograph] = useState(() => currentDocument(studio.store.getState())?.radiograph);
  return radiograph === undefined ? null : <CoverSheet radiograph={radiograph} />;
}

function usePicture(radiograph: Radiograph): Thumbnail | undefined {
  const [picture, setPicture] = useState<Thumbnail>();
  useEffect(() => {
    let isShown = true;
    void inSlices(thumbnailInSlices(radiograph, SHARPNESS)).then((made) => {
      if (isShown) setPicture(made);
    });
    return () => {
      isShown = false;
    };
  }, [radiograph]);
  return picture;
}

/** Begins with those where writing was found, unless something was drawn before that was known. */
function useBoxes(radiograph: Radiograph) {
  const studio = useStudio();
  const [boxes, setBoxes] = useState<readonly Box[]>();
  const [found, setFound] = useState<readonly Box[]>();
  useEffect(() => {
    void textOf(studio, radiograph).then(setFound);
  }, [studio, radiograph]);
  return { boxes: boxes ?? found ?? [], setBoxes, placed: boxes === undefined ? found?.length : undefined };
}

function CoverSheet({ radiograph }: { readonly radiograph: Radiograph }) {
  const studio = useStudio();
  const picture = usePicture(radiograph);
  const { boxes, setBoxes, placed } = useBoxes(radiograph);
  const [nothingLeft, setNothingLeft] = useState(false);
  const [enlarged, setEnlarged] = useState(0);
  const { name, burnedInAnnotation } = radiograph;
  return (
    <Sheet
      name="cover"
      title={say.title()}
      about={burnedInAnnotation === 'YES' ? say.aboutBurnedIn({ name }) : say.about({ name })}
      tall
      foot={
        <>
          <span className={styles.count} role="status">
            {placed === undefined || placed === 0 ? say.boxes({ count: boxes.length }) : say.placed({ count: placed })}
          </span>
          <Switch label={say.nothingLeft()} checked={nothingLeft} onChange={setNothingLeft} />
          <Button
            tone="primary"
            disabled={boxes.length === 0}
            onClick={() => {
              void openCovered(studio, radiograph, boxes, nothingLeft);
            }}
          >
            {say.open()}
          </Button>
        </>
      }
    >
      <div className={styles.bar}>
        <Button
          size="small"
          icon={Plus}
          onClick={() => {
            setBoxes([...boxes, boxInTheMiddle(radiograph)]);
          }}
        >
          {say.addBox()}
        </Button>
        <Button
          size="small"
          disabled={boxes.length === 0}
          onClick={() => {
            setBoxes([]);
          }}
        >
          {say.removeAll()}
        </Button>
        <Button
          size="small"
          icon={ZoomOut}
          disabled={enlarged === 0}
          onClick={() => {
            setEnlarged(enlarged - 1);
          }}
        >
          {say.smaller()}
        </Button>
        <Button
          size="small"
          icon={ZoomIn}
          disabled={enlarged === ENLARGED.length - 1}
          onClick={() => {
            setEnlarged(enlarged + 1);
          }}
        >
          {say.larger()}
        </Button>
        <p className={styles.keys}>{say.keys()}</p>
      </div>
      {picture === undefined ? (
        <p className={styles.wait} role="status">
          {say.drawing()}
        </p>
      ) : (
        <CoverPicture
          picture={picture}
          size={radiograph}
          boxes={boxes}
          enlarged={ENLARGED[enlarged] ?? 1}
          onChange={setBoxes}
        />
      )}
    </Sheet>
  );
}
