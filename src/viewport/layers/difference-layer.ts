/** The coloured difference over the dimmed source, and its legend. */

import type { Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/viewport';
import { colourise, colourMapGradient } from '../pixels/colour-map';
import { differenceMap, legendLabels, legendStored } from '../pixels/difference';
import { CanvasLayer, type ImageTransform } from './canvas-layer';

export class DifferenceLayer {
  readonly #layer: CanvasLayer;
  readonly #legend: HTMLDivElement;
  readonly #ticks: readonly HTMLSpanElement[];
  readonly #stored: readonly HTMLSpanElement[];
  #pair: readonly [Radiograph, Radiograph] | undefined;
  #picture: HTMLCanvasElement | undefined;

  constructor(parent: HTMLElement, legendParent: HTMLElement) {
    this.#layer = new CanvasLayer(parent, 'viewport-difference');
    this.#legend = part('div', 'viewport-legend', legendParent);
    this.#legend.setAttribute('role', 'img');
    const bar = part('div', 'viewport-legend-bar', this.#legend);
    bar.style.backgroundImage = colourMapGradient();
    const row = (): readonly HTMLSpanElement[] => {
      const ticks = part('div', 'viewport-legend-ticks', this.#legend);
      return [part('span', '', ticks), part('span', '', ticks), part('span', '', ticks)];
    };
    this.#ticks = row();
    this.#stored = row();
    const caption = part('div', 'viewport-legend-caption', this.#legend);
    for (const word of [say.darker(), say.noChange(), say.brighter()]) part('span', '', caption).textContent = word;
    this.show(false);
  }

  resize(deviceWidth: number, deviceHeight: number, devicePixelRatio: number): void {
    this.#layer.resize(deviceWidth, deviceHeight, devicePixelRatio);
  }

  show(visible: boolean): void {
    this.#layer.canvas.style.visibility = visible ? 'visible' : 'hidden';
    this.#legend.hidden = !visible;
  }

  /** The map is made when first shown and kept until one of the pair is another image. */
  draw(source: Radiograph, counterfactual: Radiograph, to: ImageTransform): void {
    if (this.#pair?.[0] !== source || this.#pair[1] !== counterfactual) {
      this.#pair = [source, counterfactual];
      this.#picture = this.#render(source, counterfactual);
    }
    const picture = this.#picture;
    this.#layer.draw((context) => {
      if (!picture) return;
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, to.x, to.y, source.width * to.scaleX, source.height * to.scaleY);
    });
  }

  forget(): void {
    this.#pair = undefined;
    this.#picture = undefined;
  }

  #render(source: Radiograph, counterfactual: Radiograph): HTMLCanvasElement {
    const { width, height, values, limit } = differenceMap(source, counterfactual);
    const labels = legendLabels(limit);
    const stored = legendStored(source, limit);
    this.#ticks.forEach((tick, index) => (tick.textContent = index === 1 ? say.ofWindow() : (labels[index] ?? '')));
    this.#stored.forEach((tick, index) => (tick.textContent = index === 1 ? say.storedUnits() : (stored[index] ?? '')));
    this.#legend.setAttribute(
      'aria-label',
      say.legend({ least: labels[0], most: labels[2], leastStored: stored[0], mostStored: stored[2] }),
    );
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.putImageData(new ImageData(colourise(values, limit), width, height), 0, 0);
    return canvas;
  }
}

function part<K extends 'div' | 'span'>(tag: K, className: string, parent: HTMLElement): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  parent.append(element);
  return element;
}
