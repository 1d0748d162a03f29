/** The part of cornerstone-core 2.6 that the viewport uses; the package ships no types. */
declare module 'cornerstone-core' {
  /** https://docs.cornerstonejs.org/api.html#image, greyscale. */
  export interface Image {
    readonly imageId: string;
    readonly minPixelValue: number;
    readonly maxPixelValue: number;
    readonly slope: number;
    readonly intercept: number;
    readonly windowCenter: number;
    readonly windowWidth: number;
    readonly rows: number;
    readonly columns: number;
    readonly height: number;
    readonly width: number;
    readonly color: false;
    readonly invert: boolean;
    readonly rowPixelSpacing: number | undefined;
    readonly columnPixelSpacing: number | undefined;
    readonly sizeInBytes: number;
    getPixelData(): Uint8Array | Uint16Array | Int16Array;
  }

  /** Canvas pixels an image pixel, and offset of the image's centre in image pixels. */
  export interface Viewport {
    scale: number;
    translation: { x: number; y: number };
    voi: { windowWidth: number; windowCenter: number };
    /** Applied to modality values in place of `voi`; compared by `id`. */
    voiLUT: { readonly id: string; readonly firstValueMapped: number; readonly lut: readonly number[] } | undefined;
    invert: boolean;
    pixelReplication: boolean;
    rotation: number;
    hflip: boolean;
    vflip: boolean;
  }

  interface Cornerstone {
    enable(element: HTMLElement): void;
    disable(element: HTMLElement): void;
    /** Only the given fields of the viewport are replaced. */
    displayImage(element: HTMLElement, image: Image, viewport?: Viewport): void;
    setViewport(element: HTMLElement, viewport: Viewport): void;
    /** Fits the canvas to the element's client size. */
    resize(element: HTMLElement, forceFitToWindow: boolean): void;
  }

  const cornerstone: Cornerstone;
  export default cornerstone;
}
