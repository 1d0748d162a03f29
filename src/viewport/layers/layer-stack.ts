/** Everything that is drawn, back to front: source, result, difference, annotations, mask, cursor; beside them divider, captions, legend. */

import { clampPosition, resultClip } from '../geometry/swipe';
import { unionBounds } from '../geometry/bounds';
import { imageRectangle, type Geometry, type Rectangle } from '../geometry/view-transform';
import type { Radiograph } from '../../imaging/radiograph';
import type { Comparison, PictureNames, ViewState } from '../viewport';
import { CanvasLayer, imageTransform, type ImageTransform } from './canvas-layer';
import { CaptionPlate, captionsFor } from './captions';
import { DifferenceLayer } from './difference-layer';
import { drawAnnotations, type Annotations } from './draw-annotations';
import { cursorBox, drawCursor, type CursorScene } from './draw-cursor';
import { ImageLayer } from './image-layer';
import { MaskLayer } from './mask-layer';
import type { MaskOutline } from '../pixels/mask-outline';
import { PreviewPicture } from './preview-picture';
import { SketchLayer } from './sketch-layer';
import { SwipeDivider } from './swipe-divider';

/** 'stroke': of the mask only what a stroke touched. */
export type Part = 'size' | 'image' | 'annotations' | 'mask' | 'stroke' | 'cursor';

export interface Scene {
  readonly geometry: Geometry;
  readonly view: ViewState;
  readonly source: Radiograph;
  readonly counterfactual: Radiograph | undefined;
  readonly comparison: Comparison;
  readonly annotations: Pick<Annotations, 'zones' | 'areas' | 'previewLoops'>;
  readonly mask: MaskOutline | undefined;
  /** What a stroke touched since the last frame, in native pixels. */
  readonly stroke: Rectangle | undefined;
  readonly cursor: CursorScene;
}

/** The source stays faintly visible under the difference, to say where in the chest a change is. */
const CONTEXT_OPACITY = 0.34;

export class LayerStack {
  readonly preview = new PreviewPicture();
  readonly sketch = new SketchLayer();
  readonly #source: ImageLayer;
  readonly #counterfactual: ImageLayer;
  readonly #difference: DifferenceLayer;
  readonly #annotations: CanvasLayer;
  readonly #mask: MaskLayer;
  readonly #cursor: CanvasLayer;
  readonly #divider: SwipeDivider;
  readonly #captions: { readonly left: CaptionPlate; readonly right: CaptionPlate };
  #devicePixelRatio = 1;
  /** What of the cursor's canvas is drawn on, in device pixels. */
  #cursorAt: Rectangle | undefined;

  /** Pictures go into `stage`, which takes the tools' input; controls and plates into `root` above it. */
  constructor(
    stage: HTMLElement,
    root: HTMLElement,
    { frame, swipeMoved }: { readonly frame: () => void; readonly swipeMoved: (position: number) => void },
  ) {
    // The order matters: cornerstone draws its elements in the order they were made, all of them after `frame`.
    this.#source = new ImageLayer(stage, frame);
    this.#counterfactual = new ImageLayer(stage);
    this.#difference = new DifferenceLayer(stage, root);
    this.#annotations = new CanvasLayer(stage, 'viewport-annotations');
    this.#mask = new MaskLayer(stage);
    this.#cursor = new CanvasLayer(stage, 'viewport-cursor');
    this.#captions = { left: new CaptionPlate(root, 'left'), right: new CaptionPlate(root, 'right') };
    this.#divider = new SwipeDivider(root, swipeMoved);
  }

  setImages(source: Radiograph, counterfactual: Radiograph | undefined): void {
    this.#source.setImage(source);
    this.#counterfactual.setImage(counterfactual);
    this.#difference.forget();
  }

  /** Width and height in CSS pixels. */
  resize(width: number, height: number, devicePixelRatio: number): void {
    this.#devicePixelRatio = devicePixelRatio;
    const deviceWidth = Math.max(1, Math.round(width * devicePixelRatio));
    const deviceHeight = Math.max(1, Math.round(height * devicePixelRatio));
    for (const layer of [
      this.#source,
      this.#counterfactual,
      this.#difference,
      this.#annotations,
      this.#mask,
      this.#cursor,
    ]) {
      layer.resize(deviceWidth, deviceHeight, devicePixelRatio);
    }
  }

  /** Puts the layers of the comparison in place; to be followed by a draw. */
  arrange(
    { comparison, source, counterfactual }: Pick<Scene, 'comparison' | 'source' | 'counterfactual'>,
    names?: PictureNames,
  ): void {
    // What is drawn ahead lies on what the next edit starts from: on another result it would be a patchwork of both.
    const ahead = this.sketch.isSet && comparison.mode === 'counterfactual';
    const shown: Comparison = ahead ? { ...comparison, mode: 'source' } : comparison;
    const { mode } = shown;
    const captions = captionsFor(shown, source, counterfactual, names, this.sketch.isSet);
    this.#captions.left.set(captions.left);
    this.#captions.right.set(captions.right);
    this.#source.show(mode !== 'counterfactual', { opacity: mode === 'difference' ? CONTEXT_OPACITY : 1 });
    this.#difference.show(mode === 'difference');
    this.#divider.show(mode === 'swipe');
    if (mode === 'swipe') {
      const position = clampPosition(shown.position);
      this.#counterfactual.show(true, { clip: resultClip(position) });
      this.#divider.place(position);
    } else {
      this.#counterfactual.show(mode === 'counterfactual');
    }
  }

  draw(scene: Scene, parts: ReadonlySet<Part>, quick: boolean): void {
    const { geometry, view } = scene;
    const ratio = this.#devicePixelRatio;
    const to = imageTransform(imageRectangle(geometry, view), geometry, ratio);
    if (parts.has('image')) this.#drawImages(scene, to, quick);
    if (parts.has('annotations')) {
      const annotations: Annotations = {
        ...scene.annotations,
        width: geometry.imageWidth,
        height: geometry.imageHeight,
        preview: this.#renderedPreview(scene),
        sketch: this.#renderedSketch(scene),
      };
      this.#annotations.draw((context) => {
        drawAnnotations(context, annotations, to, ratio);
      });
    }
    if (parts.has('mask') || parts.has('stroke')) {
      // With a result the lung inside the mask is what is judged: outline alone.
      const tinted = scene.counterfactual === undefined && !this.preview.isSet && !this.sketch.isSet;
      this.#mask.drawMask({ outline: scene.mask, tinted }, to, ratio, parts.has('mask') ? undefined : scene.stroke);
    }
    if (parts.has('cursor')) this.#drawCursor(scene.cursor, to);
  }

  /** Clears and draws where the cursor was and is: a canvas costs what of it changes. */
  #drawCursor(cursor: CursorScene, to: ImageTransform): void {
    const ratio = this.#devicePixelRatio;
    const box = cursorBox(cursor, to, ratio);
    const before = this.#cursorAt;
    this.#cursorAt = box;
    const part = before && box ? unionBounds(before, box) : (before ?? box);
    if (part)
      this.#cursor.draw((context) => {
        drawCursor(context, cursor, to, ratio);
      }, part);
  }

  destroy(): void {
    this.#source.destroy();
    this.#counterfactual.destroy();
  }

  #drawImages({ geometry, view, comparison, source, counterfactual }: Scene, to: ImageTransform, quick: boolean): void {
    this.#source.draw(geometry, view, this.#devicePixelRatio, quick);
    this.#counterfactual.draw(geometry, view, this.#devicePixelRatio, quick);
    if (comparison.mode === 'difference' && counterfactual) this.#difference.draw(source, counterfactual, to);
  }

  #renderedSketch({ source, view }: Scene): Annotations['sketch'] {
    return this.sketch.rendered(source, view.window, view.inverted);
  }

  #renderedPreview({ source, view }: Scene): HTMLCanvasElement | undefined {
    if (!this.preview.isSet) return undefined;
    this.preview.render(source, view.window, view.inverted);
    return this.preview.canvas;
  }
}
