/** A result that is to be exported: light until its pixels are asked for, so that a set of any size fits the memory. */

import type { Mask, Radiograph } from '../imaging/radiograph';
import type { Recipe } from '../counterfactual/edit';
import type { Receipt } from '../counterfactual/receipt/receipt';
import type { CarriedTable } from '../dataset/table/carry';
import type { Row } from './row';

/** As far as it is known: the digits of the hash of the film, the patient's key, the part of the split. */
export interface Donor {
  readonly origin: string | undefined;
  readonly patient: string | undefined;
  readonly split: string | undefined;
}

export interface ExportItem {
  /** What its files are called, without folder and ending; unique in the export. */
  readonly id: string;
  /** The request in words. */
  readonly request: string;
  /** Digits of the hash of the radiograph that it was made from. */
  readonly origin: string;
  /** The key of the patient, where one is known; else all of one radiograph are taken for one patient. */
  readonly patient: string | undefined;
  /** The part of a split that the patient belongs to; undefined: not known. */
  readonly split: string | undefined;
  /** Another patient whose findings it borrows, and that patient's part of the split. */
  readonly donor?: Donor | undefined;
  /** What the table says of it, without the paths of its files. */
  readonly row: Row;
  /** What the tables that its film came in say of the film. */
  readonly tables?: readonly TableRows[] | undefined;
  /** @throws CounterpartError that names the file */
  load(): Promise<Result>;
  /** The radiograph that it was made from; undefined: it cannot be had here. @throws CounterpartError that names the file */
  readonly loadSource?: () => Promise<Radiograph>;
}

export interface TableRows {
  readonly table: CarriedTable;
  readonly rows: readonly (readonly string[])[];
}

export interface ResultPixels {
  readonly image: Radiograph;
  readonly mask: Mask;
  readonly recipe: Recipe;
  /** Undefined: it was kept by a release that did not keep it. */
  readonly receipt: Receipt | undefined;
}

/** A result whose pixels are decoded when they are first asked for, if ever. */
export interface Result extends Pick<ResultPixels, 'recipe' | 'receipt'> {
  /** @throws CounterpartError that names the file */
  readonly image: () => Promise<Radiograph>;
  /** @throws CounterpartError that names the file */
  readonly mask: () => Promise<Mask>;
  /** Files that are to the byte what would be written of it: handed on, and not coded a second time. */
  readonly coded: { readonly png: Uint8Array | undefined; readonly mask: Uint8Array | undefined };
}

/** One whose pixels are at hand. */
export function resultOf({ image, mask, recipe, receipt }: ResultPixels): Result {
  return {
    recipe,
    receipt,
    image: () => Promise.resolve(image),
    mask: () => Promise.resolve(mask),
    coded: { png: undefined, mask: undefined },
  };
}

/** An item with its pixels, as writers get it. */
export interface LoadedItem extends Omit<ExportItem, 'load' | 'loadSource'>, Result {
  /** Where its files go, ending in '/'; '' at the top. */
  readonly folder: string;
  /** Undefined: not asked for. */
  readonly original: Radiograph | undefined;
}
