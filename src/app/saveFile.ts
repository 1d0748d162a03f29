/** Hands a file to the browser to keep. */
export function saveFile(bytes: Uint8Array, name: string, mediaType: string): void {
  saveBlob(new Blob([new Uint8Array(bytes)], { type: mediaType }), name);
}

export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own reference once it has begun; a minute is more than any browser takes to begin.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
