/** Everything the studio asks of the outside world. The browser's version is made in `app/browserServices.ts`; tests give fakes. */

import type { Counterfactual, Edit, Recipe, Reversal, SamplingOptions } from '../counterfactual/edit';
import type { SketchKnowledge } from '../counterfactual/sketch/knowledge';
import type { Archive } from '../dicom/web/archive';
import type { ExportSink } from '../export/sink';
import type { Finding } from '../findings/vocabulary';
import type { BackendName } from '../engine/executor';
import type { Box } from '../imaging/box';
import type { Size } from '../imaging/mask-sniff';
import type { Mask, Radiograph } from '../imaging/radiograph';
import type { RadiographViewport, ViewportEvents } from '../viewport/viewport';
import type { JobControl } from '../worker/control';
import type { Analysis } from '../counterfactual/analysis';
import type { PathologyReading } from '../networks/streams';
import type { DeviceReport, Response } from '../worker/messages';
import type { SearchRequest } from '../worker/method';
import type { SketchAsk, SketchFilm, SketchView } from '../worker/sketch/protocol';
import type { FileSource } from '../record/project/zipEntries';
import type { Thumbnail } from '../record/thumbnail';
import type { ProjectStorage } from '../record/project/projectStorage';
import type { LanguageModel, LocalModel } from './languageModel';
import type { ModelRelease } from './release';
import type { RunPlaces } from './run/places';
import type { Sample } from './samples';

/** A browser `File`, a sample, or anything else with a name and bytes. */
export interface OpenableFile {
  readonly name: string;
  /** Where it lies in the folder that was dropped; absent: it was dropped by itself. */
  readonly path?: string;
  bytes(): Promise<Uint8Array>;
  /** Its bytes are in memory as long as somebody refers to it. */
  readonly isHeld?: true;
  /** Reads parts of it, where it need not be held as a whole; absent: it is in memory anyway. */
  readonly ranges?: FileSource;
}

export type Progress = Omit<Extract<Response, { type: 'progress' }>, 'type' | 'id'>;

export interface WorkOptions {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Holds the work between two steps, or ends a search early. */
  readonly control: JobControl;
  /** The user insists although this does not look like a frontal chest radiograph. */
  readonly allowUncertain: boolean;
}

/** The part of the worker client that the studio uses. */
export interface CounterfactualWorker {
  start(prefer: BackendName | 'auto', onProgress: (progress: Progress) => void): Promise<DeviceReport>;
  analyse(radiograph: Radiograph): Promise<Analysis>;
  generate(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    options: WorkOptions,
  ): Promise<Counterfactual>;
  /** The best of many noises. */
  search(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    request: SearchRequest,
    options: WorkOptions,
  ): Promise<Counterfactual>;
  /** The edit taken back, for the receipt; undefined when it changed nothing. */
  reverse(
    radiograph: Radiograph,
    edit: Edit,
    result: Radiograph,
    recipe: Pick<Recipe, 'sampling' | 'search'>,
    options: WorkOptions,
  ): Promise<Reversal | undefined>;
  /** What a film has more than the same film without its opacities. */
  pathology(
    radiograph: Radiograph,
    healthy: Radiograph,
    options: Pick<WorkOptions, 'signal'>,
  ): Promise<PathologyReading>;
  /** Told when work moves to another backend; returns the way to stop listening. */
  onDeviceChanged(listener: (report: DeviceReport) => void): () => void;
}

/** Draws while a slider moves, in a worker of its own. */
export interface SketchService {
  /** Undefined when a later drawing has overtaken it. @throws CounterpartError with what stands against it */
  draw(film: SketchFilm, mask: Mask | undefined, ask: SketchAsk): Promise<SketchView | undefined>;
  /** How a radiologist knows a finding. */
  know(finding: Finding): Promise<SketchKnowledge | undefined>;
}

/** A file that is handed to the user when it is closed. */
export interface PartedFile {
  write(part: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Nothing is left of it. */
  discard(): Promise<void>;
}

export interface StudioServices {
  readonly worker: CounterfactualWorker;
  readonly sketches: SketchService;
  readonly projects: ProjectStorage;
  readonly runs: RunPlaces;
  /** @param frame of a DICOM file of several, from 1; the first unless said. @throws CounterpartError that names the file */
  open(bytes: Uint8Array, name: string, frame?: number): Promise<Radiograph>;
  /** How many frames a DICOM file has, none of them decoded; 1 of what is none. @throws CounterpartError that names the file */
  countFrames(bytes: Uint8Array, name: string): Promise<number>;
  /** Whether a PNG may be a mask of a radiograph of that size; decoded where pictures are. */
  mayBeMask(bytes: Uint8Array, name: string, size: Size): Promise<boolean>;
  /** Thumbnails of the frames of a DICOM file, as they come; of a damaged frame there is none. @returns how to end it */
  frames(bytes: Uint8Array, name: string, onFrame: (frame: number, thumbnail: Thumbnail) => void): () => void;
  /** Where writing seems to be burned into a film; none found is no proof. @throws CounterpartError */
  findText(radiograph: Radiograph): Promise<readonly Box[]>;
  /** What the shipped networks say about themselves (models/manifest.json). */
  release(): Promise<ModelRelease>;
  /** Listed samples; empty when this installation ships none. */
  samples(): Promise<readonly Sample[]>;
  /** @throws CounterpartError that names the sample */
  sampleBytes(sample: Sample): Promise<Uint8Array>;
  /** The language model that was chosen last, else what this installation may ask to read reports; undefined: none, and nothing is sent anywhere. */
  languageModel(): Promise<LanguageModel | undefined>;
  /** Lets the user choose the file of one, which runs here and is kept while the page is open; undefined when the choice was called off. */
  pickLanguageModel(): Promise<LocalModel | undefined>;
  /** What the archive is called that this installation leads to; undefined: none. */
  archiveOffered(): Promise<string | undefined>;
  /** The archive itself, through this installation's own server. */
  openArchive(name: string): Promise<Archive>;
  createViewport(element: HTMLElement, events: ViewportEvents): RadiographViewport;
  /** Lets the user choose files; none when the choice was called off. */
  pickFiles(): Promise<readonly OpenableFile[]>;
  /** Lets the user choose a folder of films, all of it through its depth; none when the choice was called off. */
  pickFilms(): Promise<readonly OpenableFile[]>;
  /** Lets the user choose a folder to write into; undefined when the choice was called off, or where the browser has no folders. */
  pickFolder(): Promise<ExportSink | undefined>;
  /** Hands a file to the user. */
  save(bytes: Uint8Array, name: string, mediaType: string): void;
  /** Hands a file to the user that is too large to stand in memory. */
  saveInParts(name: string, mediaType: string): Promise<PartedFile>;
  copyText(text: string): Promise<void>;
  /** Milliseconds of a monotonic clock. */
  now(): number;
}
