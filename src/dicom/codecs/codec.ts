/** WebAssembly decoders of other people, loaded when a file first needs one: in the worker that opens files, and in Node. */

import type { DecodedFrame, Decoder, ModuleFactory } from '@cornerstonejs/codec-openjpeg/decodewasmjs';

export interface Codec {
  /**
   * One frame as the decoder gives it: samples row by row, of one byte up to 8 bits, else of two, little endian.
   * @throws Error with what the decoder complained of
   */
  decode(stream: Uint8Array): Promise<{ readonly frame: DecodedFrame; readonly samples: Uint8Array }>;
}

/** A codec that is started when it is first asked, and anew after a stream that it failed on: what its memory then holds is not known. */
export function lazyCodec<Module>(
  start: () => Promise<{ readonly factory: ModuleFactory<Module>; readonly wasm: URL }>,
  decoderOf: (module: Module) => Decoder,
): Codec {
  let complaints: string[] = [];
  let module: Promise<Module> | undefined;
  const complain = (line: string): void => {
    if (/error/i.test(line)) complaints.push(line);
  };
  const started = async (): Promise<Module> => {
    const { factory, wasm } = await start();
    return factory({ wasmBinary: await bytesAt(wasm), print: complain, printErr: complain });
  };
  return {
    async decode(stream) {
      module ??= started();
      const running = await module.catch((error: unknown) => {
        // Not reached, perhaps: the next file asks again.
        module = undefined;
        throw error;
      });
      complaints = [];
      try {
        const decoder = decoderOf(running);
        decoder.getEncodedBuffer(stream.length).set(stream);
        decoder.decode();
        const frame = decoder.getFrameInfo();
        const { buffer, byteOffset, byteLength } = decoder.getDecodedBuffer();
        const samples = new Uint8Array(buffer, byteOffset, byteLength).slice();
        decoder.delete();
        const [complaint] = complaints;
        if (complaint !== undefined) throw new Error(complaint);
        return { frame, samples };
      } catch (error) {
        module = undefined;
        // C++ exceptions arrive as the address of what was thrown.
        throw error instanceof Error ? error : new Error('The decoder gave up.', { cause: error });
      }
    },
  };
}

async function bytesAt(url: URL): Promise<ArrayBuffer> {
  if (url.protocol !== 'file:') {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname} could not be fetched (${String(response.status)}).`);
    return response.arrayBuffer();
  }
  // Node: there is no fetch for files, and no import of Node's own modules in what also runs in browsers.
  const bytes = process.getBuiltinModule('node:fs').readFileSync(url);
  return Uint8Array.from(bytes).buffer;
}
