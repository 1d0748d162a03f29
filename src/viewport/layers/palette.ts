/** The canvas's share of the colour language; what is DOM takes the same values from viewport.css. */

export const MASK_ACCENT = '#3fc1d8';
export const MASK_TINT = 'rgb(63 193 216 / 0.24)';
/** Under every bright line, so that it holds on white bone as on black air. */
export const LINE_SHADE = 'rgb(4 10 14 / 0.62)';
export const ZONE_LINE = 'rgb(206 217 230 / 0.62)';
export const ZONE_TEXT = 'rgb(226 233 241 / 0.92)';
export const ERASER_LINE = '#f2b8a0';
export const LABEL_FONT = '"Inter Variable", Inter, system-ui, sans-serif';
/** Where a soft brush begins to weaken. */
export const BRUSH_CORE = 'rgb(226 233 241 / 0.5)';
export const OTHER_MASK_LINE = 'rgb(180 196 212 / 0.85)';
export const PROPOSED_LINE = '#c9a9f2';
export const PROPOSED_TINT = 'rgb(201 169 242 / 0.2)';
