/** Draws a thumbnail on a canvas of its own size. */

import { useEffect, useRef } from 'react';
import type { Thumbnail } from '../../record/thumbnail';

export function ThumbnailImage({
  thumbnail,
  className,
}: {
  readonly thumbnail: Thumbnail;
  readonly className?: string | undefined;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(thumbnail.data, thumbnail.width, thumbnail.height), 0, 0);
  }, [thumbnail]);
  return <canvas ref={canvas} className={className} width={thumbnail.width} height={thumbnail.height} aria-hidden />;
}
