/** Severity in colour. From the neutral of a clear lung to the violet of what a reader sees; every step darker than the text on it. */

const STOPS: readonly (readonly [number, number, number])[] = [
  [27, 32, 37],
  [62, 50, 82],
  [98, 72, 136],
  [134, 84, 188],
];

/** CSS colour; the neutral for a zone that is not read. */
export function severityColour(severity: number | undefined): string {
  const clamped = Math.min(STOPS.length - 1, Math.max(0, severity ?? 0));
  const index = Math.min(STOPS.length - 2, Math.floor(clamped));
  const from = STOPS[index] ?? [0, 0, 0];
  const to = STOPS[index + 1] ?? from;
  const channels = from.map((value, channel) =>
    Math.round(value + (clamped - index) * ((to[channel] ?? value) - value)),
  );
  return `rgb(${channels.join(' ')})`;
}
