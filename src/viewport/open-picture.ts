import type { Radiograph } from '../imaging/radiograph';
import type { Geometry } from './geometry/view-transform';
import type { MaskEditor } from './tools/mask-editor';
import type { ViewState } from './viewport';

/** What exists only while an image is open. */
export interface OpenPicture {
  readonly source: Radiograph;
  readonly counterfactual: Radiograph | undefined;
  readonly editor: MaskEditor;
  readonly geometry: Geometry;
  readonly view: ViewState & { readonly fitted: boolean };
}
