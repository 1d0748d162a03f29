/** A UID of our own: 2.25 and 127 random bits as one decimal number (DICOM PS3.5 section B.2). */
export function newUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 1n;
  return `2.25.${number.toString()}`;
}
