/** Colour files that hold a grey picture: accepted when their channels agree. */

import { ColourImageError } from './errors';

/** Channels may differ by this share of full scale (JPEG rounds its chroma) ... */
const TOLERANCE = 0.04;
/** ... and by more in this share of the pixels (a coloured side marker). */
const COLOURED_SHARE = 0.002;

export interface GreySamples {
  readonly samples: Uint8Array | Uint16Array;
  readonly notes: readonly string[];
}

/**
 * One grey sample a pixel from interleaved grey (1), grey+alpha (2), RGB (3) or RGBA (4) samples. Equal channels keep
 * their exact value; transparent pixels are laid over black.
 * @throws ColourImageError when channels differ visibly
 */
export function greyFromChannels(data: Uint8Array | Uint16Array, channels: number, name: string): GreySamples {
  if (channels === 1) return { samples: data, notes: [] };
  const full = data instanceof Uint8Array ? 255 : 65535;
  const pixels = data.length / channels;
  const samples = data instanceof Uint8Array ? new Uint8Array(pixels) : new Uint16Array(pixels);
  let coloured = 0;
  let transparent = 0;
  for (let i = 0; i < pixels; i++) {
    const at = i * channels;
    let grey = data[at] as number;
    if (channels >= 3) {
      const green = data[at + 1] as number;
      const blue = data[at + 2] as number;
      const spread = Math.max(grey, green, blue) - Math.min(grey, green, blue);
      if (spread > TOLERANCE * full) coloured++;
      grey = spread === 0 ? grey : Math.round(0.299 * grey + 0.587 * green + 0.114 * blue);
    }
    if (channels % 2 === 0) {
      const alpha = data[at + channels - 1] as number;
      if (alpha < full) {
        transparent++;
        grey = Math.round((grey * alpha) / full);
      }
    }
    samples[i] = grey;
  }
  if (coloured > COLOURED_SHARE * pixels) throw new ColourImageError(name);
  const notes: string[] = [];
  if (coloured > 0) notes.push('A few coloured pixels were read as grey.');
  if (transparent > 0) notes.push('Transparent pixels are shown as black.');
  return { samples, notes };
}
