/** Files to open, made in memory from a synthetic sample; and the real radiograph where it is at hand. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { encode } from 'fast-png';
import { CODEC_FIXTURES } from '../../src/dicom/testing/codec-fixtures';
import { chestAttributes, writeDicom, type Attributes } from '../../src/dicom/testing/write-dicom';
import { decodePng } from '../../src/imaging/png';
import { toPresentation } from '../../src/imaging/presentation';
import { resizeBicubic } from '../../src/imaging/resample';
import { encodeGreyPng } from '../../src/imaging/png-encode';
import { TIFF_FIXTURES } from '../../src/imaging/tiff/testing/fixtures';
import type { GivenFile } from './driver';

const root = resolve(import.meta.dirname, '../..');
const dataFolder = process.env['COUNTERPART_DATA'] ?? resolve(root, '../shared/data');
const realDicom = resolve(dataFolder, 'dicom/CR-MONO1-10-chest.dcm');

/** A real CR of a chest without preamble; undefined where the data folder is not at hand. */
export function realRadiograph(): GivenFile | undefined {
  return existsSync(realDicom)
    ? { name: 'CR-MONO1-10-chest.dcm', bytes: new Uint8Array(readFileSync(realDicom)) }
    : undefined;
}

/** A DICOM file of each decoder that the studio fetches when it needs one. */
export function compressedDicoms(): readonly GivenFile[] {
  return ['1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.201'].flatMap((transferSyntax) => {
    const fixture = CODEC_FIXTURES.find((each) => each.transferSyntax === transferSyntax);
    if (!fixture) return [];
    const fragments = [Uint8Array.from(Buffer.from(fixture.file, 'base64'))];
    const attributes = chestAttributes(64, 64, fixture.bits);
    return [{ name: `${transferSyntax}.dcm`, bytes: writeDicom({ transferSyntax, attributes, fragments }) }];
  });
}

interface ListedSample {
  readonly file: string;
  readonly kind: 'real' | 'synthetic';
  readonly title: string;
  readonly findings: readonly string[];
}

function samples(): readonly ListedSample[] {
  const list = JSON.parse(readFileSync(resolve(root, 'models/samples/samples.json'), 'utf8')) as {
    samples: readonly ListedSample[];
  };
  return list.samples;
}

/** A synthetic sample, whose behaviour is steady: with opacities, for erasing; or with clear lungs. */
export function sample(kind: 'clear' | 'abnormal'): ListedSample {
  const found = samples().find(
    ({ kind: made, findings }) =>
      made === 'synthetic' && (kind === 'clear' ? findings.length === 0 : findings.length > 0),
  );
  if (found === undefined) throw new Error(`No ${kind} sample is shipped.`);
  return found;
}

export function samplePng(kind: 'clear' | 'abnormal'): GivenFile {
  const { file } = sample(kind);
  return { name: file, bytes: new Uint8Array(readFileSync(resolve(root, 'models/samples', file))) };
}

/** The first synthetic samples, as many as are asked for. */
export function syntheticPngs(count: number): readonly GivenFile[] {
  const made = samples().filter(({ kind, file }) => kind === 'synthetic' && file.endsWith('.png'));
  if (made.length < count) throw new Error(`Only ${String(made.length)} synthetic samples are shipped.`);
  return made
    .slice(0, count)
    .map(({ file }) => ({ name: file, bytes: new Uint8Array(readFileSync(resolve(root, 'models/samples', file))) }));
}

/** A clear sample enlarged to `width` × `height`, as stored 12-bit values with some noise, so that no two files are alike. */
function largeValues(width: number, height: number): Uint16Array {
  const small = decodePng(samplePng('clear').bytes, 'sample');
  const large = resizeBicubic(toPresentation(small), small.width, small.height, width, height);
  return Uint16Array.from(large, (grey, index) =>
    Math.min(4095, Math.max(0, Math.round(grey * 4000) + ((index * 7919) % 23))),
  );
}

const us = (value: number): [string, number[]] => ['US', [value]];

function attributes(width: number, height: number, values: Uint16Array, bits = 12): Attributes {
  return {
    '00080060': ['CS', 'DX'],
    '00185101': ['CS', 'PA'],
    '00280002': us(1),
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': us(height),
    '00280011': us(width),
    '00280100': us(16),
    '00280101': us(bits),
    '00280102': us(bits - 1),
    '00280103': us(0),
    '7FE00010': ['OW', new Uint8Array(values.buffer)],
  };
}

/** A synthetic chest as a DICOM file. */
export function largeDicom(width = 1664, height = 2000, bits: 12 | 16 = 12): GivenFile {
  const values = largeValues(width, height).map((value) => value << (bits - 12));
  return {
    name: `synthetic-${String(bits)}-bit.dcm`,
    bytes: writeDicom({ attributes: attributes(width, height, values, bits) }),
  };
}

/** A synthetic chest as a 16-bit PNG. */
export function deepPng(): GivenFile {
  const [width, height] = [400, 480];
  return { name: 'synthetic-16-bit.png', bytes: encodeGreyPng(width, height, largeValues(width, height)) };
}

const small = attributes(64, 64, new Uint16Array(64 * 64));

export const BAD_FILES: readonly { readonly file: () => GivenFile; readonly message: RegExp }[] = [
  {
    file: () => ({
      name: 'letter.txt',
      bytes: new TextEncoder().encode('Dear colleague, the lungs are clear.'.repeat(20)),
    }),
    message: /letter\.txt is not an image/,
  },
  { file: () => ({ name: 'empty.png', bytes: new Uint8Array() }), message: /empty\.png is empty/ },
  {
    file: () => {
      const { bytes } = largeDicom();
      return { name: 'truncated.dcm', bytes: bytes.subarray(0, Math.floor(bytes.length / 3)) };
    },
    message: /truncated\.dcm (is incomplete|states 1664 × 2000 pixels)/,
  },
  { file: () => ({ name: 'holiday.png', bytes: colourPng() }), message: /holiday\.png is a colour picture/ },
  {
    file: () => ({ name: 'dot.png', bytes: encodeGreyPng(1, 1, Uint8Array.of(7)) }),
    message: /dot\.png is 1 × 1 pixels/,
  },
  {
    file: () => ({ name: 'wall.png', bytes: headerOnlyPng(20_000, 20_000) }),
    message: /wall\.png is 20000 × 20000 pixels/,
  },
  {
    file: () => ({
      name: 'video.dcm',
      bytes: writeDicom({
        transferSyntax: '1.2.840.10008.1.2.4.100',
        attributes: small,
        fragments: [Uint8Array.of(0, 0, 1, 179)],
      }),
    }),
    message: /video\.dcm is encoded as .*\(1\.2\.840\.10008\.1\.2\.4\.100\)/,
  },
];

/** The beginning of a greyscale PNG: signature and IHDR with its checksum. */
function headerOnlyPng(width: number, height: number): Uint8Array {
  const ihdr = new Uint8Array(25);
  const view = new DataView(ihdr.buffer);
  view.setUint32(0, 13);
  ihdr.set(new TextEncoder().encode('IHDR'), 4);
  view.setUint32(8, width);
  view.setUint32(12, height);
  ihdr.set([8, 0, 0, 0, 0], 16);
  view.setUint32(21, crc32(ihdr.subarray(4, 21)));
  return Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...ihdr);
}

/** PNG specification, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A sunset. */
function colourPng(): Uint8Array {
  const [width, height] = [160, 120];
  const data = new Uint8Array(width * height * 3).map((_, index) => [250, (index / width) % 180, 40][index % 3] ?? 0);
  return encode({ width, height, data, channels: 3 });
}

/** Formats that few archives have: the browser decodes WebP and BMP, we TIFF. All are grey ramps. */
export function rareFormats(): readonly GivenFile[] {
  const bmp = new Uint8Array(54 + 4 * 70 * 66);
  bmp.set([0x42, 0x4d]);
  const view = new DataView(bmp.buffer);
  const words: readonly (readonly [at: number, value: number])[] = [
    [2, bmp.length],
    [10, 54],
    [14, 40],
    [18, 70],
    [22, 66],
    [26, 1 | (32 << 16)],
  ];
  for (const [at, value] of words) view.setUint32(at, value, true);
  for (let pixel = 0; pixel < 70 * 66; pixel++) bmp.fill((3 * (pixel % 70)) & 255, 54 + 4 * pixel, 57 + 4 * pixel);
  const webp = 'UklGRioAAABXRUJQVlA4TB0AAAAvRUAQAM1VIKL/AbVt2zAu/3/utCkRkXCG3v8rAgA=';
  return [
    { name: 'chest.webp', bytes: Buffer.from(webp, 'base64') },
    { name: 'chest.bmp', bytes: bmp },
    { name: 'chest.tif', bytes: Buffer.from(TIFF_FIXTURES.lzw16differences, 'base64') },
  ];
}
