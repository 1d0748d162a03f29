/** Redis and BullMQ, which are loaded when a queue is asked for and not before. */

import type * as BullMq from 'bullmq';
import type { Redis } from 'ioredis';
import { OptionInvalidError, QueueMissingError, QueueUnreachableError } from '../errors';

/** @throws OptionInvalidError, QueueMissingError where the packages are not installed, QueueUnreachableError */
export async function openRedis(
  url: string,
  onTrouble: ((message: string) => void) | undefined,
): Promise<{ readonly bullmq: typeof BullMq; readonly connection: Redis }> {
  if (!/^rediss?:\/\//.test(url))
    throw new OptionInvalidError(
      `--queue ${withoutPassword(url)} is no address of Redis.`,
      'Write it as redis://host:6379.',
    );
  const [bullmq, ioredis] = await Promise.all([import('bullmq'), import('ioredis')]).catch((cause: unknown) => {
    throw new QueueMissingError({ cause });
  });
  const connection = new ioredis.Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  let isOpen = false;
  // Without a listener a lost connection would end the process; it comes back by itself.
  connection.on('error', (error) => {
    if (isOpen) onTrouble?.(error.message);
  });
  try {
    await connection.connect();
  } catch (cause) {
    connection.disconnect();
    throw new QueueUnreachableError(withoutPassword(url), { cause });
  }
  isOpen = true;
  return { bullmq, connection };
}

/** Also of what is no address: a password may stand before an @, itself hold one, or follow a question mark. */
function withoutPassword(url: string): string {
  return url.replace(/^([^:/@]*:\/\/)?.*@/, '$1').replace(/\?.*$/, '');
}
