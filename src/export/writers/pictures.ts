/** The results themselves: as stored, as a tool sees them that knows 8 bits alone, and as DICOM. */

import type { Recipe } from '../../counterfactual/edit';
import type { Receipt } from '../../counterfactual/receipt/receipt';
import { writeReceipt } from '../../dicom/sr/write-receipt';
import type { SourceStudy } from '../../dicom/web/source-study';
import { SECONDARY_CAPTURE, writeCounterfactual } from '../../dicom/write-counterfactual';
import { asSeen } from '../../imaging/as-seen';
import { encodePng } from '../../imaging/png';
import type { Radiograph } from '../../imaging/radiograph';
import { NOTE, pngTexts } from '../about';
import type { LoadedItem } from '../item';
import { SESSION_SERIES } from '../resultSeries';
import { isFirstOf, type ExportContext, type Writer } from '../writer';

/** Writers of pictures, any of which can be the one that the table's file_name names. */
export const PICTURES: readonly string[] = ['png', 'png8', 'dicom'];

export const png: Writer = {
  id: 'png',
  extension: 'png',
  about: 'pictures with their stored values, 8 or 16 bits',
  needs: async ({ coded, image }) => coded.png ?? (await image()),
  begin: (context) =>
    pictures(
      context,
      'png',
      'png',
      async ({ coded, image, recipe }) => coded.png ?? encodePng(await image(), pngTexts(recipe)),
    ),
};

export const png8: Writer = {
  id: 'png8',
  extension: 'png',
  about: 'pictures of 8 bits as they are seen, which every viewer shows alike',
  needs: ({ image }) => image(),
  begin: (context) =>
    pictures(context, 'png8', 'png', async ({ image, recipe }) => encodeWindowedPng(await image(), pngTexts(recipe))),
};

export const dicom: Writer = {
  id: 'dicom',
  extension: 'dcm',
  about: 'pictures as DICOM secondary captures, stated to be synthetic',
  needs: ({ image }) => image(),
  begin: (context) =>
    pictures(context, 'dicom', 'dcm', async (item) =>
      encodeDicom(await item.image(), {
        recipe: item.recipe,
        request: item.request,
        film: item.origin,
        version: context.version,
      }),
    ),
};

/** Names the picture that `dicom` writes. */
export const sr: Writer = {
  id: 'sr',
  extension: 'dcm',
  about: 'receipts as DICOM structured reports, each of its DICOM picture (which is then written, too)',
  needs: ({ image }) => image(),
  begin: ({ version }) => ({
    async write({ folder, id, image, receipt, recipe, request, origin: film }, sink) {
      if (receipt === undefined) return {};
      const path = `receipts/${id}.dcm`;
      await sink.write(
        folder + path,
        await encodeReceipt({ image: await image(), recipe, request, film, version }, receipt),
      );
      // No “…_file_name”: loaders take what such a column names for pictures.
      return { receipt_report: path };
    },
  }),
};

interface DicomAsked {
  readonly recipe: Recipe;
  readonly request: string;
  /** Tells it from others. */
  readonly film: string;
  readonly version: string;
}

/** A secondary capture in the series of its film, of nobody. */
export async function encodeDicom(image: Radiograph, asked: DicomAsked): Promise<Uint8Array> {
  return (await encodeFor(image, asked)).bytes;
}

/** The same for the archive that its film is in: in the film's study, of the film's patient. */
export async function encodeFor(
  image: Radiograph,
  asked: DicomAsked,
  source?: SourceStudy,
): Promise<{ readonly sopInstanceUid: string; readonly bytes: Uint8Array }> {
  const { version } = asked;
  const { place, description, recipe } = await placed(image, asked, source);
  const bytes = writeCounterfactual(image, { version, description, recipe, place, source });
  return { sopInstanceUid: place.sopInstanceUid, bytes };
}

async function placed(image: Radiograph, asked: DicomAsked, source?: SourceStudy) {
  const [description, recipe] = [`${NOTE} Asked: ${asked.request}`, JSON.stringify(asked.recipe)];
  const { sopInstanceUid: made = '' } = image.dicomReference ?? {};
  const content = [asked.version, made, description, recipe];
  if (source) content.push(JSON.stringify(source.attributes));
  const place = await SESSION_SERIES.place(asked.film, content.join('\n'), source?.studyInstanceUid);
  return { place, description, recipe };
}

type PictureAsked = DicomAsked & { readonly image: Radiograph };

/**
 * The receipt of what `encodeDicom` writes of the same, whichever of the two is written first.
 * @param saved the picture that it names, where it was written in other words
 */
export async function encodeReceipt(
  { image, ...asked }: PictureAsked,
  receipt: Receipt,
  saved?: PictureAsked,
): Promise<Uint8Array> {
  const { place } = saved ? await placed(saved.image, saved) : await placed(image, asked);
  const { dicomReference: reference, frame } = image;
  return writeReceipt(receipt, {
    version: asked.version,
    request: asked.request,
    result: { ...place, sopClassUid: SECONDARY_CAPTURE },
    source: reference && { reference, frame },
  });
}

function pictures(
  context: ExportContext,
  id: string,
  extension: string,
  encode: (item: LoadedItem) => Promise<Uint8Array>,
) {
  const first = isFirstOf(context, PICTURES, id);
  const folder = first ? 'images' : `images-${id}`;
  return {
    async write(item: LoadedItem, sink: { write(path: string, bytes: Uint8Array): Promise<void> }) {
      const path = `${folder}/${item.id}.${extension}`;
      await sink.write(`${item.folder}${path}`, await encode(item));
      return { [first ? 'file_name' : `${id}_file_name`]: path };
    },
  };
}

/** As it is seen, with what says so of itself. */
export function encodeWindowedPng(image: Radiograph, text: Readonly<Record<string, string>>): Uint8Array {
  return encodePng(asSeen(image), text);
}
