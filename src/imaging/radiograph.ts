/** An image as read: stored values, how they become light, and what identifies them. */

import type { GreyTable } from './grey-table';

export type PhotometricInterpretation = 'MONOCHROME1' | 'MONOCHROME2';

/** Stored values exactly as in the file, row by row. Never to be mixed with presentation values. */
export type StoredPixels = (Uint8Array | Uint16Array | Int16Array) & { readonly __unit?: 'stored' };

/** Presentation grey in [0, 1]: 0 is black on the screen, whatever the photometric interpretation. */
export type PresentationPixels = Float32Array & { readonly __unit?: 'presentation' };

/** DICOM PS3.3 C.11.2: linear window in modality units. */
export interface VoiWindow {
  readonly windowCenter: number;
  readonly windowWidth: number;
}

/** The DICOM instance that a radiograph was read from. */
export interface DicomReference {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

/** What was lost before the file came here (PS3.3 C.7.6.1.1.5): defined terms and ratios, the first the oldest; either may be empty. */
export interface LossyCompression {
  readonly methods: readonly string[];
  readonly ratios: readonly number[];
}

/** One picture of several in a file: its number, from 1, and how many there are. */
export interface FrameOfFile {
  readonly number: number;
  readonly count: number;
}

export interface Radiograph {
  /** Unique within the session. */
  readonly id: string;
  /** File name as given, or the sample's title. */
  readonly name: string;
  readonly format: 'dicom' | 'png' | 'jpeg' | 'tiff' | 'webp' | 'bmp';
  readonly width: number;
  readonly height: number;
  readonly pixels: StoredPixels;
  /** Bits that carry the value: 8 to 16. */
  readonly bitsStored: number;
  /** True when stored values are two's complement. */
  readonly signed: boolean;
  readonly photometricInterpretation: PhotometricInterpretation;
  /** Modality rescale: modality value = stored * slope + intercept. */
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  /** Gives the modality value in place of slope and intercept, which are then 1 and 0. */
  readonly modalityTable?: GreyTable | undefined;
  /** Stored values (inclusive range) the file declares to be no image; left out of every statistic. */
  readonly pixelPadding?: readonly [number, number];
  /** The window the file asks for, or one computed from the values when it asks for none. */
  readonly window: VoiWindow;
  /** How `window` is applied; absent: by the linear function. */
  readonly windowFunction?: 'SIGMOID' | undefined;
  /** Shown in place of `window`, which is then the straight line nearest to it, until somebody moves the window. */
  readonly voiTable?: GreyTable | undefined;
  /** A table that the file offers beside its window: not shown here, kept in what is written. */
  readonly otherVoiTable?: GreyTable | undefined;
  /** [row, column] spacing in mm where the file states it. */
  readonly pixelSpacing?: readonly [number, number];
  /** PA, AP, ... where stated. */
  readonly viewPosition?: string;
  /** R, L or B where stated: the side that the file says is pictured. */
  readonly laterality?: 'R' | 'L' | 'B';
  /** Where rows and columns lead, in the letters of PS3.3 C.7.6.1.1.1, where the file states it; as the pixels are here. */
  readonly patientOrientation?: readonly [row: string, column: string];
  /** Absent: nothing says that pixels were ever compressed with loss. */
  readonly lossy?: LossyCompression | undefined;
  readonly paediatric?: boolean;
  /** Whether the file says that text is burned into its pixels; absent: it does not say. */
  readonly burnedInAnnotation?: 'YES' | 'NO';
  /** Where the file states it; masks of this radiograph name it when they are exported as DICOM. */
  readonly dicomReference?: DicomReference;
  /** Absent: the file holds one picture. */
  readonly frame?: FrameOfFile | undefined;
  /** Set on what our own networks made: shown, and written into every export. */
  readonly synthetic: boolean;
  /** Whom to name, and the licence, wherever the picture or one made from it is shown; absent: nobody asks for it. */
  readonly credit?: string | undefined;
  /** Warnings the reader of the file wants shown ("ill-formed study date"). */
  readonly notes: readonly string[];
}

/** What is known of a picture without its pixels. */
export type RadiographFacts = Omit<Radiograph, 'pixels'>;

/** A soft or hard mask over a radiograph at its native size: 0 keep, 1 change. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** Values in [0, 255], row by row. */
  readonly data: Uint8Array;
}

/** An identifier for a radiograph opened or made in this session (72 random bits). */
export function newRadiographId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `radiograph-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Least and greatest stored value the radiograph's bits can hold. */
export function storedRange(r: Pick<Radiograph, 'bitsStored' | 'signed'>): readonly [number, number] {
  return r.signed ? [-(2 ** (r.bitsStored - 1)), 2 ** (r.bitsStored - 1) - 1] : [0, 2 ** r.bitsStored - 1];
}
