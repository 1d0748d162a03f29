/** An image as read: stored values, how they become light, and what identifies them. */

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

export interface Radiograph {
  /** Unique within the session. */
  readonly id: string;
  /** File name as given, or the sample's title. */
  readonly name: string;
  readonly format: 'dicom' | 'png' | 'jpeg';
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
  /** Stored values (inclusive range) the file declares to be no image; left out of every statistic. */
  readonly pixelPadding?: readonly [number, number];
  /** The window the file asks for, or one computed from the values when it asks for none. */
  readonly window: VoiWindow;
  /** [row, column] spacing in mm where the file states it. */
  readonly pixelSpacing?: readonly [number, number];
  /** PA, AP, ... where stated. */
  readonly viewPosition?: string;
  readonly paediatric?: boolean;
  /** Where the file states it; masks of this radiograph name it when they are exported as DICOM. */
  readonly dicomReference?: DicomReference;
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
