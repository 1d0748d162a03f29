/** Which tool answers which gesture or key. The tools themselves, the view and the mask are elsewhere. */

import * as say from '../../messages/en/viewport';
import { fixed } from '../../messages/numbers';
import { keyCommand, type KeyCommand } from '../input/keys';
import { hasCursor, isBrush, isShape } from './kinds';
import { listenToPointer, type PointerGestures, type Press } from '../input/pointer';
import { imageToView, panBy, pixelAt, viewToImage, zoomAt, type Point } from '../geometry/view-transform';
import type { CursorScene } from '../layers/draw-cursor';
import { stepWindow, windowRange } from '../pixels/window';
import type { Stage } from '../stage';
import type { ToolOptions, ViewportTool } from '../viewport';
import { brushStroke } from './brush-stroke';
import type { BrushSettings, Drag, PointerSample, ToolHost } from './drag';
import { CURSORS, DRAGS } from './gestures';
import type { InteractionHost } from './interaction-host';
import { CrosshairPress, moveCrosshair } from './crosshair';
import { ERASED, PAINTED, type PaintValue } from './mask-editor';
import { PolygonSession } from './polygon-session';
import { isHighDark, panDrag, windowDrag } from './view-drags';

/** In native pixels. A brush covers at least the pixel it is on. */
const LEAST_RADIUS = Math.SQRT1_2;
const GREATEST_RADIUS = 2048;

export class Interaction {
  #tool: ViewportTool = 'window';
  #brush: BrushSettings = { radius: 24, hardness: 1, pressure: true };
  #subtract = false;
  #shape: readonly Point[] | undefined;
  /** Where the last stroke ended: a press with Shift draws a line from there. */
  #lastDab: Point | undefined;
  /** The pointer's drag, so that Escape can cancel it. */
  #drag: Drag | undefined;
  #alt = false;
  /** The pen is held by its other end. */
  #eraserEnd = false;
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
    dom.stage.addEventListener(
      'keydown',
      (event) => {
        this.#keyDown(event);
      },
      { signal },
    );
    dom.stage.addEventListener(
      'blur',
      () => {
        this.#leave();
      },
      { signal },
    );
    window.addEventListener(
      'keydown',
      (event) => {
        this.#modifierDown(event);
      },
      { signal },
    );
    window.addEventListener(
      'keyup',
      (event) => {
        this.#keyUp(event);
      },
      { signal },
    );
    this.#stop = () => {
      stopPointer();
      listening.abort();
    };
    this.#showCursor();
  }

  get brush(): BrushSettings {
    return this.#brush;
  }

  /** The shape that a drag spans, in native pixels. */
  showShape(path: readonly Point[] | undefined): void {
    this.#shape = path;
    this.host.cursorTouched();
  }

  get cursor(): CursorScene {
    const shown = hasCursor(this.#tool) && !this.#spaceHeld ? this.#at : undefined;
    return {
      at: shown,
      brush: isBrush(this.#tool) ? this.#brush : undefined,
      shape: this.#shape,
      erasing: this.#value() === ERASED,
      crosshair: this.#byKeyboard,
      polygon: this.#polygon.corners,
      closing: shown !== undefined && this.#polygon.closesAt(shown, this.host.open?.view.scale ?? 1),
    };
  }

  setTool(
    tool: ViewportTool,
    brushRadius: number,
    { hardness = 1, pressure = true, subtract = false }: ToolOptions = {},
  ): void {
    this.#brush = { radius: Math.min(GREATEST_RADIUS, Math.max(LEAST_RADIUS, brushRadius)), hardness, pressure };
    this.#subtract = subtract;
    if (tool !== this.#tool) {
      this.#giveUp();
      this.#tool = tool;
    }
    this.#showCursor();
  }

  /** Gives up whatever is in progress: another image, another mask. */
  abandon(): void {
    this.#giveUp();
    this.#lastDab = undefined;
    this.host.cursorTouched();
  }

  destroy(): void {
    this.#stop();
  }

  #giveUp(): void {
    this.#press.cancel();
    this.#drag?.cancel();
    this.#polygon.cancel();
  }

  #value(): PaintValue {
    if (this.#eraserEnd) return ERASED;
    const erases = isBrush(this.#tool) ? this.#tool === 'eraser' : this.#subtract;
    return erases !== this.#alt ? ERASED : PAINTED;
  }

  /** The drag of the tool in hand. `line`: straight from where the last stroke ended. */
  #start(open: ToolHost, tool: Exclude<ViewportTool, 'polygon'>, at: PointerSample, line: boolean): Drag {
    if (tool !== 'brush' && tool !== 'eraser') return DRAGS[tool](open, at, this.#value());
    return brushStroke(open, at, this.#value(), line ? this.#lastDab : undefined, (end) => {
      this.#lastDab = end;
    });
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
    this.#eraserEnd = at.eraser;
    this.#byKeyboard = false;
    this.#press.cancel();
    if (at.button === 1 || at.moves) return this.#grabbing(panDrag(open, at, PAINTED));
    if (at.button === 2) return windowDrag(open, at, PAINTED);
    if (at.button !== 0) return undefined;
    if (this.#spaceHeld) return this.#grabbing(panDrag(open, at, PAINTED));
    if (this.#tool === 'polygon') return this.#cornerPress(open, at);
    const drag = this.#cancellable(this.#start(open, this.#tool, at, at.shift ?? false));
    return this.#tool === 'pan' ? this.#grabbing(drag) : drag;
  }

  /** A drag that hears of nothing more once it is cancelled, while the pointer is still down. */
  #cancellable(drag: Drag): Drag {
    const finish = (how: 'end' | 'cancel') => (): void => {
      if (this.#drag !== kept) return;
      this.#drag = undefined;
      drag[how]();
    };
    const kept: Drag = {
      move: (samples) => {
        if (this.#drag === kept) drag.move(samples);
      },
      end: finish('end'),
      cancel: finish('cancel'),
    };
    this.#drag = kept;
    return kept;
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
    return {
      move: (samples) => {
        drag.move(samples);
      },
      end: done('end'),
      cancel: done('cancel'),
    };
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
        open.changeView(
          { ...view, window: stepWindow(view.window, command.x, command.y, range, isHighDark(open)) },
          true,
        );
        break;
      }
      case 'cursor':
        this.#byKeyboard = true;
        this.#pointTo(moveCrosshair(open, this.#at, command.dx, command.dy));
        if (this.#at) this.#press.move(this.#at);
        this.#say(open);
        break;
      case 'press':
        this.#keyboardPress(open, command.line);
        break;
      case 'radius':
        this.setTool(this.#tool, this.#brush.radius * command.factor, { ...this.#brush, subtract: this.#subtract });
        this.host.brushRadiusChanged?.(this.#brush.radius);
        this.dom.announce(say.brushRadius({ radius: fixed(this.#brush.radius, 0) }));
        break;
      case 'close':
        if (isShape(this.#tool)) this.#press.end();
        else if (!this.#polygon.close()) this.dom.announce(say.threeCorners());
        break;
      case 'remove-corner':
        this.#polygon.removeLast();
        break;
      case 'cancel':
        this.#giveUp();
        break;
      case 'reset':
        this.host.reset();
        break;
    }
    this.host.cursorTouched();
  }

  #keyboardPress(open: ToolHost, line: boolean): void {
    this.#byKeyboard = true;
    if (!this.#at) {
      this.#pointTo(moveCrosshair(open, undefined, 0, 0));
      this.#say(open);
      return;
    }
    if (this.#tool === 'polygon') {
      this.#polygon.press(this.#at, open.view.scale);
      this.dom.announce(say.corners({ count: this.#polygon.corners.length }));
    } else if (isShape(this.#tool) && this.#press.isActive) {
      this.#press.end();
      this.dom.announce(say.shapeFinished());
    } else {
      this.#press.begin(this.#start(open, this.#tool, imageToView(open.geometry, open.view, this.#at), line));
      if (isShape(this.#tool)) this.dom.announce(say.shapeBegun());
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
    // A shape is finished by its own key press, so that nobody has to hold a key.
    if (!isShape(this.#tool)) this.#press.end();
    if (this.#spaceHeld) {
      this.#spaceHeld = false;
      this.#showCursor();
    }
    this.host.cursorTouched();
  }

  /** The focus goes elsewhere, and the crosshair with it. */
  #leave(): void {
    this.#press.end();
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
    this.dom.announce(pixel ? say.pixelAt({ column: pixel.x, row: pixel.y }) : say.outside());
  }

  #showCursor(cursor: string = this.#spaceHeld ? 'grab' : CURSORS[this.#tool]): void {
    this.dom.stage.dataset.cursor = cursor;
    this.host.cursorTouched();
  }
}
