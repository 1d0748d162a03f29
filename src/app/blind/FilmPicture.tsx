/** One film, as large as there is room for. */

import { useEffect, useRef, useState } from 'react';
import * as say from '../../messages/en/blind';
import styles from './BlindPage.module.css';

interface FilmPictureProps {
  readonly file: File;
  readonly name: string;
  readonly decode: (file: File) => Promise<ImageData>;
}

export function FilmPicture({ file, name, decode }: FilmPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let gone = false;
    decode(file).then(
      (picture) => {
        if (gone || canvas.current === null) return;
        canvas.current.width = picture.width;
        canvas.current.height = picture.height;
        canvas.current.getContext('2d')?.putImageData(picture, 0, 0);
      },
      (error: unknown) => {
        if (!gone) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [file, decode]);
  return problem === undefined ? (
    <canvas ref={canvas} className={styles.film} role="img" aria-label={name} />
  ) : (
    <p role="alert">{say.cannotShow({ reason: problem })}</p>
  );
}
