/** Bytes in words: "0.4 MB", "12 MB", "3.2 GB". */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  if (value >= 1000) return `${(value / 1000).toFixed(1)} GB`;
  return `${value < 10 ? value.toFixed(1) : String(Math.round(value))} MB`;
}
