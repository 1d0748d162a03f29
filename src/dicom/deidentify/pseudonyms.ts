/** What stands in the place of identifiers: the same for the same key, and nothing without it. HMAC-SHA-256. */

/** Of one patient. */
export interface Pseudonym {
  /** Name and ID. */
  readonly id: string;
  /** Days that dates lie earlier: whole weeks, one to ten years. */
  readonly days: number;
}

const WEEKS = { least: 52, range: 470 } as const;

export class Pseudonyms {
  private readonly uids = new Map<string, string>();

  private constructor(private readonly key: CryptoKey) {}

  /** @param secret whoever has it can tell which pseudonym is of whom they know */
  static async of(secret: Uint8Array<ArrayBuffer>): Promise<Pseudonyms> {
    return new Pseudonyms(
      await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    );
  }

  /** @param identity whatever tells the patient from others */
  async patient(identity: string): Promise<Pseudonym> {
    const digest = await this.digest(`patient ${identity}`);
    const id = `P${digest.toString(16).padStart(64, '0').slice(0, 16).toUpperCase()}`;
    return { id, days: 7 * (WEEKS.least + Number(digest % BigInt(WEEKS.range))) };
  }

  /** 2.25 and 127 bits (PS3.5 section B.2). */
  async uid(uid: string): Promise<string> {
    const known = this.uids.get(uid) ?? `2.25.${((await this.digest(`uid ${uid}`)) >> 129n).toString()}`;
    this.uids.set(uid, known);
    return known;
  }

  private async digest(text: string): Promise<bigint> {
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', this.key, new TextEncoder().encode(text)));
    return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  }
}
