/** Lasso, box and ellipse: a drag that shows the shape it spans and fills it, as one step, when it ends. */

import { boxPath, ellipsePath, extendedPath, squared } from '../geometry/shapes';
import { viewToImage, type Point } from '../geometry/view-transform';
import type { DragStarter, PointerSample, ToolHost } from './drag';

/** CSS pixels between two points of a lasso. */
const LASSO_STEP = 1;
/** CSS pixels that a drag must span: less is a click, and a click makes no shape. */
const LEAST_SPAN = 3;

/** How a shape grows with the samples of its drag; points are native pixels. */
type Growth = (path: readonly Point[], start: Point, sample: Point, host: ToolHost, shift: boolean) => readonly Point[];

function shapeDrag(grow: Growth): DragStarter {
  return (host, at, value) => {
    const start = viewToImage(host.geometry, host.view, at);
    let path: readonly Point[] = [start];
    const add = (samples: readonly PointerSample[]): void => {
      for (const sample of samples) {
        path = grow(path, start, viewToImage(host.geometry, host.view, sample), host, sample.shift ?? false);
      }
      host.showShape(path);
    };
    return {
      move: add,
      end() {
        host.showShape(undefined);
        if (!spans(path, LEAST_SPAN / host.view.scale)) return;
        host.editor.fill(path, value);
        host.maskTouched();
      },
      cancel() {
        host.showShape(undefined);
      },
    };
  };
}

function spans(path: readonly Point[], least: number): boolean {
  const extent = (values: readonly number[]): number =>
    values.reduce((most, value) => Math.max(most, value), -Infinity) -
    values.reduce((min, value) => Math.min(min, value), Infinity);
  return path.length > 2 && Math.max(extent(path.map(({ x }) => x)), extent(path.map(({ y }) => y))) >= least;
}

export const lassoDrag = shapeDrag((path, _start, point, host) =>
  extendedPath(path, point, LASSO_STEP / host.view.scale),
);

const spanned = (outline: (from: Point, to: Point) => readonly Point[]): DragStarter =>
  shapeDrag((_path, start, point, { geometry }, shift) =>
    outline(start, shift ? squared(start, point, geometry.aspect) : point),
  );

export const boxDrag = spanned(boxPath);
/** Within the box of the drag. */
export const ellipseDrag = spanned(ellipsePath);
