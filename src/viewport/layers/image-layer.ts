/**
 * One radiograph drawn by cornerstone-core's canvas renderer. cornerstone sizes its canvas in CSS pixels; to draw in device
 * pixels its element is made as many CSS pixels wide as there are device pixels, and scaled back by a transform.
 */

import cornerstone from 'cornerstone-core';
import type { Radiograph } from '../../imaging/radiograph';
import { pixelAspect } from '../geometry/view-transform';
import type { ViewState } from '../viewport';
import { cornerstoneViewport, createImageSource, type ImageSource } from './cornerstone-image';

/** Pixels walked at every step of a window drag, and once it rests. */
const QUICK_BUDGET = 2_500_000;
const FULL_BUDGET = 24_000_000;

export class ImageLayer {
  readonly element: HTMLDivElement;
  #source: ImageSource | undefined;
  #shown: string | undefined;
  #visible = false;

  constructor(parent: HTMLElement) {
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
      const context = canvas.getContext('2d');
      if (context) context.imageSmoothingQuality = 'high';
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
  draw(view: ViewState, devicePixelRatio: number, quick: boolean): void {
    if (!this.#visible || !this.#source) return;
    const { radiograph } = this.#source;
    const stretch = Math.max(...pixelAspect(radiograph.pixelSpacing));
    const level = this.#source.at(view.scale * devicePixelRatio * stretch, quick ? QUICK_BUDGET : FULL_BUDGET);
    const viewport = cornerstoneViewport(radiograph, level, view, devicePixelRatio);
    if (this.#shown === level.image.imageId) {
      cornerstone.setViewport(this.element, viewport);
    } else {
      this.#shown = level.image.imageId;
      cornerstone.displayImage(this.element, level.image, viewport);
    }
  }

  destroy(): void {
    cornerstone.disable(this.element);
    this.element.remove();
  }
}
