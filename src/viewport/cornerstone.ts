/** The RadiographViewport over cornerstone-core: holds what is shown, and wires input, tools and layers together. */

import * as say from '../messages/en/viewport';
import './viewport.css';
import { SizeMismatchError } from '../imaging/errors';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { Loop } from './geometry/contour';
import { unionBounds } from './geometry/bounds';
import { clampPosition } from './geometry/swipe';
import {
  clampPlacement,
  fit,
  framed,
  imageToView,
  pixelAspect,
  pixelAt,
  type Geometry,
  type Point,
  type Rectangle,
} from './geometry/view-transform';
import { LayerStack, type Part } from './layers/layer-stack';
import type { OpenPicture } from './open-picture';
import { PendingParts } from './pending-parts';
import { areaContours, loopsOf, type AreaContour } from './pixels/area-contours';
import { clampWindow } from './pixels/window';
import { zoneContours, type OverlayLayer, type ZoneContour } from './pixels/zone-contours';
import type { SketchPicture } from '../worker/sketch/protocol';
import { createStage, type Stage } from './stage';
import type { ToolHost } from './tools/drag';
import { Interaction } from './tools/interaction';
import type { InteractionHost } from './tools/interaction-host';
import { MaskEditor } from './tools/mask-editor';
import type {
  AreaOutline,
  Comparison,
  PictureNames,
  RadiographViewport,
  ToolOptions,
  ViewportEvents,
  ViewportTool,
  ViewState,
} from './viewport';

/** Milliseconds after the last step of a window drag until the picture is drawn in full. */
const REST = 140;

/** Fills the element; follows its size until destroyed. */
export function createCornerstoneViewport(element: HTMLElement, events: ViewportEvents): RadiographViewport {
  return new CornerstoneViewport(element, events);
}

class CornerstoneViewport implements RadiographViewport {
  readonly #dom: Stage;
  readonly #layers: LayerStack;
  readonly #interaction: Interaction;
  readonly #pending = new PendingParts<Part>();
  readonly #observer: ResizeObserver;
  #open: OpenPicture | undefined;
  #comparison: Comparison = { mode: 'source' };
  #names: PictureNames | undefined;
  #zones: readonly ZoneContour[] = [];
  #areas: readonly AreaContour[] = [];
  #maskShown = true;
  /** A stroke shows what it does even where the mask is hidden. */
  #maskTouched = false;
  /** What of the mask a stroke has changed since the last frame, in native pixels. */
  #stroke: Rectangle | undefined;
  #previewLoops: readonly Loop[] | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #screen: MediaQueryList | undefined;

  constructor(
    element: HTMLElement,
    private readonly events: ViewportEvents,
  ) {
    this.#dom = createStage(element);
    this.#layers = new LayerStack(this.#dom.stage, this.#dom.root, {
      frame: () => {
        this.#draw();
      },
      swipeMoved: (position) => {
        this.setComparison({ mode: 'swipe', position });
        events.swipeMoved(position);
      },
    });
    this.#interaction = new Interaction(this.#dom, this.#interactionHost());
    this.#observer = new ResizeObserver(() => {
      this.resize();
    });
    this.#observer.observe(this.#dom.root);
    this.resize();
  }

  setImage(source: Radiograph, counterfactual?: Radiograph): void {
    if (counterfactual && (counterfactual.width !== source.width || counterfactual.height !== source.height)) {
      throw new SizeMismatchError(
        counterfactual.name,
        [source.width, source.height],
        [counterfactual.width, counterfactual.height],
      );
    }
    const kept = this.#open?.source === source ? this.#open : undefined;
    this.#layers.setImages(source, counterfactual);
    this.#dom.stage.setAttribute(
      'aria-label',
      say.picture({ name: source.name, width: source.width, height: source.height }),
    );
    if (kept) {
      this.#open = { ...kept, counterfactual };
    } else {
      this.#interaction.abandon();
      this.#areas = [];
      const geometry = this.#measure(source);
      this.#open = {
        source,
        counterfactual,
        geometry,
        editor: new MaskEditor(source, (mask, changed) => {
          this.events.maskChanged(mask, changed);
        }),
        view: { window: source.window, inverted: false, ...fit(geometry), fitted: true },
      };
      this.events.viewChanged(this.#open.view);
    }
    this.#arrange();
    this.#pending.add('image', 'annotations', 'mask', 'cursor');
  }

  setComparison(comparison: Comparison): void {
    this.#comparison =
      comparison.mode === 'swipe' ? { mode: 'swipe', position: clampPosition(comparison.position) } : comparison;
    this.#arrange();
    this.#pending.add('image', 'annotations', 'mask');
  }

  setNames(names: PictureNames | undefined): void {
    this.#names = names;
    this.#arrange();
  }

  setMask(mask: Mask | undefined): void {
    if (this.#open?.editor.mask === mask) return;
    this.#interaction.abandon();
    this.#open?.editor.replace(mask);
    this.#pending.add('annotations', 'mask');
  }

  setMaskShown(shown: boolean): void {
    this.#maskShown = shown;
    this.#maskTouched = false;
    this.#pending.add('mask');
  }

  setAreas(areas: readonly AreaOutline[]): void {
    this.#areas = this.#open ? areaContours(areas, this.#open.source) : [];
    this.#pending.add('annotations');
  }

  setOverlay(layers: readonly OverlayLayer[] | undefined): void {
    this.#zones = zoneContours(layers ?? []);
    this.#pending.add('annotations');
  }

  setPreview(preview: Uint8ClampedArray | undefined, within?: AreaOutline['area']): void {
    this.#layers.preview.set(preview);
    this.#previewLoops = preview && within && this.#open && loopsOf(within, this.#open.source);
    this.#pending.add('annotations', 'mask');
  }

  setSketch(sketch: SketchPicture | undefined): void {
    this.#layers.sketch.set(sketch);
    this.#arrange();
    this.#pending.add('annotations', 'mask');
  }

  setTool(tool: ViewportTool, brushRadius: number, options?: ToolOptions): void {
    this.#interaction.setTool(tool, brushRadius, options);
  }

  setView(view: Partial<ViewState>): void {
    if (!this.#open) return;
    const placed = view.scale !== undefined || view.translation !== undefined;
    const fitted = view.fitted ?? (!placed && this.#open.view.fitted);
    this.#show({ ...this.#open.view, ...view, ...(fitted ? fit(this.#open.geometry) : {}) }, fitted);
  }

  reset(): void {
    if (!this.#open) return;
    const { source, geometry } = this.#open;
    this.#show({ window: source.window, inverted: false, ...fit(geometry) }, true);
    this.events.viewChanged(this.#open.view);
  }

  frame(part: Rectangle): void {
    if (!this.#open) return;
    const { view, geometry } = this.#open;
    const placement = framed(geometry, part);
    const already =
      Math.abs(view.scale / placement.scale - 1) < 1e-6 &&
      view.translation.every((value, axis) => Math.abs(value - (placement.translation[axis] ?? 0)) < 1e-6);
    this.#show(already ? { ...view, ...fit(geometry) } : { ...view, ...placement }, already);
    this.events.viewChanged(this.#open.view);
  }

  resize(): void {
    this.#followScreen();
    const { clientWidth, clientHeight } = this.#dom.root;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#pending.add('size');
    if (!this.#open) return;
    const { view } = this.#open;
    const geometry = this.#measure(this.#open.source);
    this.#open = { ...this.#open, geometry };
    this.#show(view.fitted ? { ...view, ...fit(geometry) } : view, view.fitted);
    if (this.#open.view.scale !== view.scale) this.events.viewChanged(this.#open.view);
  }

  destroy(): void {
    clearTimeout(this.#resting);
    this.#screen?.removeEventListener('change', this.#screenChanged);
    this.#observer.disconnect();
    this.#interaction.destroy();
    this.#layers.destroy();
    this.#dom.root.remove();
  }

  #interactionHost(): InteractionHost {
    const current = (): OpenPicture | undefined => this.#open;
    const toolHost = (open: OpenPicture): ToolHost => this.#toolHost(open);
    return {
      get open() {
        const open = current();
        return open && toolHost(open);
      },
      reset: () => {
        this.reset();
      },
      cursorTouched: () => {
        this.#pending.add('cursor');
      },
      pointedAt: (point) => {
        this.#tellPointer(point);
      },
      brushRadiusChanged:
        this.events.brushRadiusChanged &&
        ((radius) => {
          this.events.brushRadiusChanged?.(radius);
        }),
    };
  }

  /** Bound to one image: a drag that outlives its image changes nothing of the next. */
  #toolHost(open: OpenPicture): ToolHost {
    const { editor, source: radiograph } = open;
    const current = (): OpenPicture => (this.#open?.editor === editor ? this.#open : open);
    const interaction = (): Interaction => this.#interaction;
    return {
      editor,
      radiograph,
      get geometry() {
        return current().geometry;
      },
      get view() {
        return current().view;
      },
      get brush() {
        return interaction().brush;
      },
      changeView: (view, windowing = false) => {
        if (this.#open?.editor === editor) this.#userView(view, windowing);
      },
      maskTouched: (box) => {
        // A hidden mask appears as a whole with the first stroke on it.
        const whole = !box || (!this.#maskShown && !this.#maskTouched);
        this.#maskTouched = true;
        if (box) this.#stroke = unionBounds(this.#stroke, box);
        this.#pending.add(whole ? 'mask' : 'stroke');
      },
      placed: ({ x, y }) => {
        if (this.#open?.editor === editor)
          this.events.placed?.({ x: clampPosition(x / radiograph.width), y: clampPosition(y / radiograph.height) });
      },
      showShape: (path) => {
        interaction().showShape(path);
      },
    };
  }

  #userView(view: ViewState, windowing: boolean): void {
    if (!this.#open) return;
    const before = this.#open.view;
    const moved = view.scale !== before.scale || view.translation !== before.translation;
    if (windowing) {
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => {
        this.#resting = undefined;
        this.#pending.add('image');
      }, REST);
    }
    this.#show(view, this.#open.view.fitted && !moved);
    this.events.viewChanged(this.#open.view);
  }

  #show(view: ViewState, fitted: boolean): void {
    if (!this.#open) return;
    const { geometry } = this.#open;
    const { window, inverted } = view;
    this.#open = {
      ...this.#open,
      view: { window: clampWindow(window), inverted, ...clampPlacement(geometry, view), fitted },
    };
    this.#pending.add('image', 'annotations', 'mask', 'cursor');
  }

  #measure(source: Radiograph): Geometry {
    const { clientWidth, clientHeight } = this.#dom.root;
    return {
      imageWidth: source.width,
      imageHeight: source.height,
      aspect: pixelAspect(source.pixelSpacing),
      viewWidth: clientWidth,
      viewHeight: clientHeight,
    };
  }

  /** What can be shown: without a result every comparison is the source. */
  #shownComparison(open: OpenPicture): Comparison {
    return open.counterfactual ? this.#comparison : { mode: 'source' };
  }

  #arrange(): void {
    if (this.#open) this.#layers.arrange({ ...this.#open, comparison: this.#shownComparison(this.#open) }, this.#names);
  }

  #draw(): void {
    const open = this.#open;
    const parts = this.#pending.take();
    if (parts.has('size')) {
      const { clientWidth, clientHeight } = this.#dom.root;
      this.#layers.resize(clientWidth, clientHeight, devicePixelRatio);
    }
    if (!open || parts.size === 0) return;
    const { source, counterfactual, geometry, view, editor } = open;
    this.#layers.draw(
      {
        geometry,
        view,
        source,
        counterfactual,
        comparison: this.#shownComparison(open),
        annotations: {
          zones: this.#zones,
          areas: this.#areas,
          previewLoops: this.#previewLoops ?? (this.#layers.preview.isSet ? editor.outline.loops() : []),
        },
        mask: this.#maskShown || this.#maskTouched ? editor.outline : undefined,
        stroke: this.#stroke,
        cursor: this.#interaction.cursor,
      },
      parts,
      this.#resting !== undefined,
    );
    this.#stroke = undefined;
  }

  #tellPointer(point: Point | undefined): void {
    const open = this.#open;
    const pixel = open && point && pixelAt(open.geometry, point);
    if (!pixel) {
      this.events.pointerMoved(undefined);
      return;
    }
    const { pixels, width } = this.#radiographAt(open, point);
    this.events.pointerMoved({ ...pixel, stored: pixels[pixel.y * width + pixel.x] as number });
  }

  /** The radiograph that is seen at a point of the image. */
  #radiographAt(open: OpenPicture, point: Point): Radiograph {
    const comparison = this.#shownComparison(open);
    const { source, counterfactual = source } = open;
    if (comparison.mode === 'swipe') {
      const { x } = imageToView(open.geometry, open.view, point);
      return x < comparison.position * open.geometry.viewWidth ? source : counterfactual;
    }
    return comparison.mode === 'counterfactual' ? counterfactual : source;
  }

  readonly #screenChanged = (): void => {
    this.resize();
  };

  /** Hears of the next change of the screen's pixel ratio (another monitor, browser zoom). */
  #followScreen(): void {
    this.#screen?.removeEventListener('change', this.#screenChanged);
    this.#screen = matchMedia(`(resolution: ${String(devicePixelRatio)}dppx)`);
    this.#screen.addEventListener('change', this.#screenChanged);
  }
}
