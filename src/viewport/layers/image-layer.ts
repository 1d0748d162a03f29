/**
 * One radiograph drawn by cornerstone-core's canvas renderer. cornerstone sizes its canvas in CSS pixels; to draw in device
 * pixels its element is made as many CSS pixels wide as there are device pixels, and scaled back by a transform.
 */

import cornerstone, { type Image } from 'cornerstone-core';
import type { Radiograph } from '../../imaging/radiograph';
import { axisScale, visibleRectangle, type Geometry } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import { cornerstoneViewport, createImageSource, type ImageSource } from './cornerstone-image';

/** Pixels in view that are walked at every step of a window drag; once it rests there is no limit. */
const QUICK_BUDGET = 2_500_000;

export class ImageLayer {
  readonly element: HTMLDivElement;
  #source: ImageSource | undefined;
  #shown: Image | undefined;
  #visible = false;

  /**
   * `beforeFrame` is called at every frame just before cornerstone draws: a view set there is drawn in the same frame, so
   * that image and overlays never come apart while they move.
   */
  constructor(parent: HTMLElement, beforeFrame?: () => void) {
    this.element = document.createElement('div');
    this.element.className = 'viewport-image';
    // Given its canvas, cornerstone keeps to it; its own would be a low-latency one, which tears under the overlays.
    const canvas = document.createElement('canvas');
    canvas.className = 'cornerstone-canvas';
    canvas.getContext('2d');
    this.element.append(canvas);
    parent.append(this.element);
    cornerstone.enable(this.element);
    this.element.addEventListener('cornerstoneprerender', () => {
      beforeFrame?.();
      const context = canvas.getContext('2d');
      // Not "high": its cubic filter overshoots, and would draw edges that the image does not have.
      if (context) context.imageSmoothingQuality = 'medium';
    });
    this.show(false);
  }

  get radiograph(): Radiograph | undefined {
    return this.#source?.radiograph;
  }

  setImage(radiograph: Radiograph | undefined): void {
    if (radiograph === this.#source?.radiograph) return;
    this.#source = radiograph && createImageSource(radiograph);
    this.#shown = undefined;
    if (!radiograph) this.show(false);
  }

  /** `clip` is a CSS clip-path; `opacity` dims the picture as context for what lies above. */
  show(visible: boolean, { clip = 'none', opacity = 1 }: { clip?: string; opacity?: number } = {}): void {
    this.#visible = visible && this.#source !== undefined;
    this.element.style.visibility = this.#visible ? 'visible' : 'hidden';
    this.element.style.clipPath = clip;
    this.element.style.opacity = String(opacity);
  }

  resize(deviceWidth: number, deviceHeight: number, devicePixelRatio: number): void {
    this.element.style.width = `${String(deviceWidth)}px`;
    this.element.style.height = `${String(deviceHeight)}px`;
    this.element.style.transform = `scale(${String(1 / devicePixelRatio)})`;
    cornerstone.resize(this.element, false);
  }

  /** `quick` trades sharpness for speed while the window is being dragged. */
  draw(geometry: Geometry, view: ViewState, devicePixelRatio: number, quick: boolean): void {
    if (!this.#visible || !this.#source) return;
    const visible = visibleRectangle(geometry, view);
    const devicePixels = devicePixelRatio * Math.max(...axisScale(geometry, view));
    const drawn = this.#source.at(devicePixels, visible, quick ? QUICK_BUDGET : Infinity);
    const viewport = cornerstoneViewport(this.#source.radiograph, drawn, view, devicePixelRatio);
    if (this.#shown === drawn.image) {
      cornerstone.setViewport(this.element, viewport);
    } else {
      this.#shown = drawn.image;
      cornerstone.displayImage(this.element, drawn.image, viewport);
    }
  }

  destroy(): void {
    cornerstone.disable(this.element);
    this.element.remove();
  }
}
