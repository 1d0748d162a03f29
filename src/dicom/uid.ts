/** UIDs of our own: 2.25 and 127 bits as one decimal number (DICOM PS3.5 section B.2). */

import { sha256Hex } from '../imaging/digest';

/** Of random bits. */
export function newUid(): string {
  return uidOf(Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')));
}

/** The same for the same text, and nothing of the text can be told from it if that holds a secret. */
export async function uidOfText(text: string): Promise<string> {
  return uidOf([await sha256Hex(new TextEncoder().encode(text))]);
}

function uidOf(hexadecimal: readonly string[]): string {
  return `2.25.${(BigInt(`0x${hexadecimal.join('').slice(0, 32)}`) >> 1n).toString()}`;
}
