/** Results as one file to train on: pictures at their own depth, masks, recipes, and a table. */

import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { writeCounterfactual } from '../dicom/write-counterfactual';
import { joinedBytes } from '../imaging/bytes';
import { encodeMaskPng } from '../imaging/mask';
import { encodePng } from '../imaging/png';
import type { Sliced } from '../imaging/slices';
import { COLUMNS, csvOf, rowOf, type Paths, type SetItem } from './manifest';

export type SetFormat = 'png' | 'dicom';

export interface SetOptions {
  readonly format: SetFormat;
  /** Of the release. */
  readonly version: string;
  /** What every picture says of itself. */
  readonly note: string;
  /** Text of a PNG file by keyword. */
  readonly texts: (item: SetItem) => Readonly<Record<string, string>>;
}

/** Bytes handed to the compressor at a time. */
const SLICE = 1 << 18;

const ABOUT = `Synthetic counterfactual radiographs made with Counterpart. For research and education; not a medical device.

manifest.csv has a row a picture. Finding columns are three-valued: 1 asked for and seen by the second reader, 0 asked to
go and no longer called by it, blank not known. "patient" stands for the radiograph that the picture was made from: keep the
pictures of one on the same side of a split, and with the radiograph itself. "receipt" is the worst of its lines, "changed_as_asked"
the first of them. "opacity_..." (0 to 3) and "read_..." (probability) are what the second reader sees. Look at the
pictures before you train on them.
`;

/** A zip file. Pictures are encoded one after another, with a chance to interrupt between parts. */
export function* writeSet(items: readonly SetItem[], { format, version, note, texts }: SetOptions): Sliced<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    parts.push(part);
  });
  const encoder = new TextEncoder();
  function* add(name: string, bytes: Uint8Array): Sliced<undefined> {
    // PNG is compressed already.
    const entry = name.endsWith('.png') ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 1 });
    zip.add(entry);
    for (let at = 0; at < bytes.length; at += SLICE) {
      entry.push(bytes.slice(at, at + SLICE), false);
      yield;
    }
    entry.push(new Uint8Array(), true);
    return undefined;
  }
  const rows: (readonly string[])[] = [COLUMNS];
  for (const [index, item] of items.entries()) {
    const paths = pathsOf(index, format);
    const { image, recipe, mask } = item.counterfactual;
    const text = JSON.stringify(recipe);
    const picture =
      format === 'png'
        ? encodePng(image, texts(item))
        : writeCounterfactual(image, { version, description: `${note} Asked: ${item.label}`, recipe: text });
    yield* add(paths.picture, picture);
    yield* add(paths.mask, encodeMaskPng(mask));
    yield* add(paths.recipe, encoder.encode(JSON.stringify(recipe, undefined, 2)));
    rows.push(rowOf(item, paths));
  }
  yield* add('manifest.csv', encoder.encode(csvOf(rows)));
  yield* add('README.txt', encoder.encode(ABOUT));
  zip.end();
  return joinedBytes(parts);
}

/** Numbered from 1, so that files sort as they were made. */
function pathsOf(index: number, format: SetFormat): Paths {
  const number = String(index + 1).padStart(5, '0');
  return {
    picture: `images/${number}.${format === 'png' ? 'png' : 'dcm'}`,
    mask: `masks/${number}.png`,
    recipe: `recipes/${number}.json`,
  };
}
