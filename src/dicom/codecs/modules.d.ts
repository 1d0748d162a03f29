/** The parts of the decoders' packages that are used; they ship no types. Both are made alike. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface DecodedFrame {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
  }

  /** Its memory in the module stays until `delete`. */
  export interface Decoder {
    /** Where the stream goes, of the given length. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    /** A view of the module's memory, of bytes that may be clamped ones. */
    getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
    getFrameInfo(): DecodedFrame;
    delete(): void;
  }

  /** Takes the binary, and where what the decoder prints goes. */
  export type ModuleFactory<Module> = (options: {
    readonly wasmBinary: ArrayBuffer;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }) => Promise<Module>;

  const factory: ModuleFactory<{ readonly J2KDecoder: new () => Decoder }>;
  export default factory;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  import type { Decoder, ModuleFactory } from '@cornerstonejs/codec-openjpeg/decodewasmjs';
  const factory: ModuleFactory<{ readonly JpegLSDecoder: new () => Decoder }>;
  export default factory;
}
