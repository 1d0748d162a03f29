/** Asks which picture of a file of several is opened. */

import { memo } from 'react';
import * as say from '../../messages/en/frames';
import type { Thumbnail } from '../../record/thumbnail';
import { useStudio, useStudioState } from '../StudioContext';
import { Question } from '../ui/Question';
import { ThumbnailImage } from '../ui/ThumbnailImage';
import styles from './FrameQuestion.module.css';

export default function FrameQuestion() {
  const { store } = useStudio();
  const question = useStudioState(({ frameQuestion }) => frameQuestion);
  const { answerFrameQuestion } = store.getState();
  if (question === undefined) return null;
  const { name, thumbnails } = question;
  return (
    <Question
      open
      title={say.which({ name })}
      text={say.why({ count: thumbnails.length })}
      cancel={say.none()}
      onCancel={() => {
        answerFrameQuestion('none');
      }}
      body={
        <div className={styles.frames}>
          {thumbnails.map((thumbnail, index) => (
            <FrameButton key={index} number={index + 1} thumbnail={thumbnail} onChoose={answerFrameQuestion} />
          ))}
        </div>
      }
    />
  );
}

interface FrameButtonProps {
  readonly number: number;
  readonly thumbnail: Thumbnail | undefined;
  readonly onChoose: (number: number) => void;
}

/** Hundreds may stand here, and each thumbnail that comes is news to one of them. */
const FrameButton = memo(function FrameButton({ number, thumbnail, onChoose }: FrameButtonProps) {
  const label = say.frame({ number });
  return (
    <button
      type="button"
      className={styles.frame}
      aria-label={label}
      onClick={() => {
        onChoose(number);
      }}
    >
      <span className={styles.picture}>
        {thumbnail && <ThumbnailImage thumbnail={thumbnail} className={styles.thumbnail} />}
      </span>
      {number}
    </button>
  );
});
