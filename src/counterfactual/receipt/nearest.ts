/** How near an image comes to a training image, for the receipt alone. */

import type { NetworkSuite } from '../../networks/suite';
import type { FindingsReading } from '../../networks/typed';

/**
 * Distance in the second reader's features; undefined where the release has nothing to tell it from, or that cannot be fetched:
 * the receipt then lacks a line, not the user a result.
 */
export async function nearestTraining(
  networks: Pick<NetworkSuite, 'neighbours'>,
  { features }: Pick<FindingsReading, 'features'>,
): Promise<number | undefined> {
  if (features === undefined) return undefined;
  const neighbours = await networks.neighbours().catch(() => undefined);
  return neighbours?.nearest(features);
}
