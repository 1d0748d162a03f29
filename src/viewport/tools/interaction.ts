/** Which tool answers which gesture or key. The tools themselves, the view and the mask are elsewhere. */

import { hasCursor, keyCommand, type KeyCommand } from '../input/keys';
import { listenToPointer, type PointerGestures, type Press } from '../input/pointer';
import {
  imageToView,
  panBy,
  pixelAt,
  viewToImage,
  zoomAt,
  type Point,
} from '../geometry/view-transform';
import type { CursorScene } from '../layers/draw-cursor';
import { stepWindow, windowRange } from '../pixels/window';
import type { Stage } from '../stage';
import type { ViewportTool } from '../viewport';
import { brushStroke } from './brush-stroke';
import type { Drag, DragStarter, ToolHost } from './drag';
import { CrosshairPress, moveCrosshair } from './crosshair';
import { ERASED, PAINTED, type PaintValue } from './mask-editor';
import { PolygonSession } from './polygon-session';
import { isHighDark, panDrag, windowDrag, zoomDrag } from './view-drags';

export interface InteractionHost {
  /** What tools work on; undefined while no image is open. */
  readonly open: ToolHost | undefined;
  reset(): void;
  cursorTouched(): void;
  /** The pointer or crosshair is over this point of the image (native pixels), or over none. */
  pointedAt(point: Point | undefined): void;
  /** Absent: the brush's size is changed elsewhere, and its keys are left to the page. */
  readonly brushRadiusChanged: ((brushRadius: number) => void) | undefined;
}

/** In native pixels. A brush covers at least the pixel it is on. */
const LEAST_RADIUS = Math.SQRT1_2;
const GREATEST_RADIUS = 2048;

const DRAGS: Readonly<Record<Exclude<ViewportTool, 'polygon'>, DragStarter>> = {
  window: windowDrag,
  pan: panDrag,
  zoom: zoomDrag,
  brush: brushStroke,
  eraser: brushStroke,
};

const CURSORS: Readonly<Record<ViewportTool, string>> = {
  window: 'crosshair',
  pan: 'grab',
  zoom: 'zoom',
  brush: 'none',
  eraser: 'none',
  polygon: 'crosshair',
};

export class Interaction {
  #tool: ViewportTool = 'window';
  #brushRadius = 24;
  #alt = false;
  #spaceHeld = false;
  /** In native pixels. */
  #at: Point | undefined;
  #byKeyboard = false;
  readonly #polygon: PolygonSession;
  readonly #press: CrosshairPress;
  readonly #stop: () => void;

  constructor(
    private readonly dom: Stage,
    private readonly host: InteractionHost,
  ) {
    this.#polygon = new PolygonSession((corners) => {
      host.open?.editor.fill(corners, this.#value());
      host.open?.maskTouched();
    });
    this.#press = new CrosshairPress(host);
    const listening = new AbortController();
    const { signal } = listening;
    const stopPointer = listenToPointer(dom.stage, this.#gestures());
    dom.stage.addEventListener('keydown', (event) => { this.#keyDown(event); }, { signal });
    dom.stage.addEventListener('blur', () => { this.#leave(); }, { signal });
    window.addEventListener('keydown', (event) => { this.#modifierDown(event); }, { signal });
    window.addEventListener('keyup', (event) => { this.#keyUp(event); }, { signal });
    this.#stop = () => {
      stopPointer();
      listening.abort();
    };
    this.#showCursor();
  }

  /** In native pixels. */
  get brushRadius(): number {
    return this.#brushRadius;
  }

  get cursor(): CursorScene {
    const painting = this.#tool === 'brush' || this.#tool === 'eraser';
    const shown = hasCursor(this.#tool) && !this.#spaceHeld ? this.#at : undefined;
    return {
      at: shown,
      radius: painting ? this.#brushRadius : undefined,
      erasing: this.#value() === ERASED,
      crosshair: this.#byKeyboard,
      polygon: this.#polygon.corners,
      closing: shown !== undefined && this.#polygon.closesAt(shown, this.host.open?.view.scale ?? 1),
    };
  }

  setTool(tool: ViewportTool, brushRadius: number): void {
    this.#brushRadius = Math.min(GREATEST_RADIUS, Math.max(LEAST_RADIUS, brushRadius));
    if (tool !== this.#tool) {
      this.#press.cancel();
      this.#polygon.cancel();
      this.#tool = tool;
    }
    this.#showCursor();
  }

  /** Gives up whatever is in progress: another image, another mask. */
  abandon(): void {
    this.#press.cancel();
    this.#polygon.cancel();
    this.host.cursorTouched();
  }

  destroy(): void {
    this.#stop();
  }

  #value(): PaintValue {
    return (this.#tool === 'eraser') !== this.#alt ? ERASED : PAINTED;
  }

  #gestures(): PointerGestures {
    const { host } = this;
    return {
      press: (at) => this.#pointerPress(at),
      hover: (at) => {
        const { open } = host;
        this.#byKeyboard &&= at === undefined;
        if (this.#byKeyboard) return;
        this.#alt = at?.alt ?? this.#alt;
        this.#pointTo(open && at && viewToImage(open.geometry, open.view, at));
      },
      doublePress: () => {
        if (this.#tool === 'polygon' && !this.#polygon.close()) this.#polygon.cancel();
        host.cursorTouched();
      },
      zoom: (at, factor) => {
        const { open } = host;
        if (!open) return;
        open.changeView({ ...open.view, ...zoomAt(open.geometry, open.view, at, factor) });
        this.#pointTo(viewToImage(open.geometry, open.view, at));
      },
      pinch: (at, dx, dy, factor) => {
        const { open } = host;
        if (!open) return;
        const moved = panBy(open.geometry, open.view, dx, dy);
        open.changeView({ ...open.view, ...zoomAt(open.geometry, moved, at, factor) });
      },
    };
  }

  #pointerPress(at: Press): Drag | undefined {
    const { open } = this.host;
    if (!open) return undefined;
    this.#alt = at.alt;
    this.#byKeyboard = false;
    this.#press.cancel();
    if (at.button === 1) return this.#grabbing(panDrag(open, at, PAINTED));
    if (at.button === 2) return windowDrag(open, at, PAINTED);
    if (at.button !== 0) return undefined;
    if (this.#spaceHeld) return this.#grabbing(panDrag(open, at, PAINTED));
    if (this.#tool === 'polygon') return this.#cornerPress(open, at);
    const drag = DRAGS[this.#tool](open, at, this.#value());
    return this.#tool === 'pan' ? this.#grabbing(drag) : drag;
  }

  /** A corner is set when the press ends, so that the first finger of a pinch sets none. */
  #cornerPress(open: ToolHost, at: Point): Drag {
    return {
      move: () => undefined,
      end: () => {
        this.#polygon.press(viewToImage(open.geometry, open.view, at), open.view.scale);
        this.host.cursorTouched();
      },
      cancel: () => undefined,
    };
  }

  #grabbing(drag: Drag): Drag {
    this.#showCursor('grabbing');
    const done = (how: 'end' | 'cancel') => (): void => {
      drag[how]();
      this.#showCursor();
    };
    return { move: (samples) => { drag.move(samples); }, end: done('end'), cancel: done('cancel') };
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.target !== this.dom.stage) return;
    const command = keyCommand(event, this.#tool);
    if (!command || !this.host.open) return;
    // Space over the image with a pointer means "drag to pan"; with the crosshair it means "press".
    if (command.type === 'press' && this.#at && !this.#byKeyboard) return;
    if (command.type === 'radius' && !this.host.brushRadiusChanged) return;
    event.preventDefault();
    event.stopPropagation();
    if (command.type === 'press' && event.repeat) return;
    this.#run(command, this.host.open);
  }

  #run(command: KeyCommand, open: ToolHost): void {
    const { geometry, view } = open;
    const centre = { x: geometry.viewWidth / 2, y: geometry.viewHeight / 2 };
    switch (command.type) {
      case 'pan':
        open.changeView({ ...view, ...panBy(geometry, view, command.dx, command.dy) });
        break;
      case 'zoom': {
        const about = this.#byKeyboard && this.#at ? imageToView(geometry, view, this.#at) : centre;
        open.changeView({ ...view, ...zoomAt(geometry, view, about, command.factor) });
        break;
      }
      case 'window': {
        const range = windowRange(open.radiograph);
        open.changeView({ ...view, window: stepWindow(view.window, command.x, command.y, range, isHighDark(open)) }, true);
        break;
      }
      case 'cursor':
        this.#byKeyboard = true;
        this.#pointTo(moveCrosshair(open, this.#at, command.dx, command.dy));
        if (this.#at) this.#press.move(this.#at);
        this.#say(open);
        break;
      case 'press':
        this.#keyboardPress(open);
        break;
      case 'radius':
        this.setTool(this.#tool, this.#brushRadius * command.factor);
        this.host.brushRadiusChanged?.(this.#brushRadius);
        this.dom.announce(`Brush radius ${this.#brushRadius.toFixed(0)}`);
        break;
      case 'close':
        if (!this.#polygon.close()) this.dom.announce('A polygon needs three corners');
        break;
      case 'remove-corner':
        this.#polygon.removeLast();
        break;
      case 'cancel':
        this.#press.cancel();
        open.editor.cancel();
        open.maskTouched();
        this.#polygon.cancel();
        break;
      case 'reset':
        this.host.reset();
        break;
    }
    this.host.cursorTouched();
  }

  #keyboardPress(open: ToolHost): void {
    this.#byKeyboard = true;
    if (!this.#at) {
      this.#pointTo(moveCrosshair(open, undefined, 0, 0));
      this.#say(open);
      return;
    }
    if (this.#tool === 'polygon') {
      this.#polygon.press(this.#at, open.view.scale);
      this.dom.announce(`${String(this.#polygon.corners.length)} corners`);
    } else {
      this.#press.begin(this.#at, this.#value());
    }
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.key === ' ') {
      this.#release();
    } else if (event.key === 'Alt' && this.#alt) {
      this.#alt = false;
      this.host.cursorTouched();
    }
  }

  /** Alt and Space count while the pointer is over the image, wherever the focus is; not while the user types elsewhere. */
  #modifierDown(event: KeyboardEvent): void {
    const { target } = event;
    const elsewhere = target instanceof HTMLElement && target !== this.dom.stage && target !== document.body;
    if (elsewhere || (!this.#at && target !== this.dom.stage)) return;
    if (event.key === 'Alt' && hasCursor(this.#tool)) {
      // Some browsers would open their menu.
      event.preventDefault();
      this.#alt = true;
    } else if (event.key === ' ' && this.#at && !this.#byKeyboard) {
      event.preventDefault();
      this.#spaceHeld = true;
      this.#showCursor('grab');
    } else {
      return;
    }
    this.host.cursorTouched();
  }

  #release(): void {
    this.#press.end();
    if (this.#spaceHeld) {
      this.#spaceHeld = false;
      this.#showCursor();
    }
    this.host.cursorTouched();
  }

  /** The focus goes elsewhere, and the crosshair with it. */
  #leave(): void {
    this.#release();
    if (!this.#byKeyboard) return;
    this.#byKeyboard = false;
    this.#pointTo(undefined);
  }

  #pointTo(point: Point | undefined): void {
    this.#at = point;
    this.host.pointedAt(point);
    this.host.cursorTouched();
  }

  #say(open: ToolHost): void {
    const pixel = this.#at && pixelAt(open.geometry, this.#at);
    this.dom.announce(pixel ? `Column ${String(pixel.x)}, row ${String(pixel.y)}` : 'Outside the image');
  }

  #showCursor(cursor: string = this.#spaceHeld ? 'grab' : CURSORS[this.#tool]): void {
    this.dom.stage.dataset.cursor = cursor;
    this.host.cursorTouched();
  }
}
