/** What is open on top of the screen, and how the keyboard behaves. */

import type { StateCreator } from 'zustand/vanilla';
import type { Box } from '../../imaging/box';
import type { Problem } from '../../record/problem';
import type { Thumbnail } from '../../record/thumbnail';
import type { Preferences } from '../preferences';
import type { OpenableFile } from '../services';

export type Dialog =
  | 'palette'
  | 'shortcuts'
  | 'swap'
  | 'matrix'
  | 'report'
  | 'tour'
  | 'diagnostics'
  | 'projects'
  | 'dataset'
  | 'run'
  | 'archive'
  | 'archiveSend'
  | 'cover'
  | 'details';

/** A panel that lies over the picture where the screen has no room beside it. */
export type Drawer = 'library';

/** What the panel beside the picture shows below the verdict. */
export type PanelTab = 'ask' | 'verdict' | 'reading';

/** Tables of films that were opened, and the files that came with them. */
export interface OpenedSet {
  readonly tables: readonly OpenableFile[];
  readonly films: readonly OpenableFile[];
}

/** A file of several pictures waits for the user to say which. */
export interface FrameQuestion {
  readonly name: string;
  /** A place for each frame; those that are not there yet, or cannot be read, are undefined. */
  readonly thumbnails: readonly (Thumbnail | undefined)[];
  /** From 1; 'none': it is not opened. Absent: not answered yet. */
  readonly answer?: number | 'none';
}

/** What became of a result that was sent to the archive. */
export type SentOutcome =
  /** `warning`: its WarningReason, where it gave one. */
  { readonly kept: true; readonly warning: number | undefined } | { readonly kept: false; readonly problem: Problem };

export interface SurfaceSlice {
  readonly dialog: Dialog | undefined;
  /** Of no effect where the panels have their place. */
  readonly drawer: Drawer | undefined;
  readonly panelTab: PanelTab;
  /** Single letters act as shortcuts. */
  readonly singleKeys: boolean;
  /** The tour was taken or declined. */
  readonly tourSeen: boolean;
  /** Files being read now, by name. */
  readonly opening: readonly string[];
  /** The data set in its dialog. */
  readonly openedSet: OpenedSet | undefined;
  /** Dropped pictures that may be masks; none: nothing is asked. */
  readonly maskQuestion: readonly OpenableFile[];
  readonly frameQuestion: FrameQuestion | undefined;
  /** Exports carry names of files and words as typed. Until the page closes: nobody forgets it switched on. */
  readonly namesInExports: boolean;
  /** What the archive is called that the studio's server leads to; undefined: none is offered. */
  readonly archive: string | undefined;
  /** What was sent to the archive in this visit, by film and result. */
  readonly sentResults: ReadonlyMap<string, SentOutcome>;
  /** Where writing seems to be burned into films, by radiograph; those that were not searched in this visit are not there. */
  readonly foundText: ReadonlyMap<string, readonly Box[]>;
  /** The radiograph that they were dropped on. */
  readonly maskQuestionOf: string | undefined;
  setDialog(dialog: Dialog | undefined): void;
  /** Opens a drawer in the place of the other; the same again closes it. */
  toggleDrawer(drawer: Drawer): void;
  closeDrawer(): void;
  setPanelTab(tab: PanelTab): void;
  setSingleKeys(singleKeys: boolean): void;
  setTourSeen(): void;
  setOpening(opening: readonly string[]): void;
  showSet(openedSet: OpenedSet): void;
  setNamesInExports(namesInExports: boolean): void;
  setArchive(archive: string | undefined): void;
  noteText(radiographId: string, boxes: readonly Box[]): void;
  noteSent(key: string, outcome: SentOutcome): void;
  setFrameQuestion(question: FrameQuestion | undefined): void;
  answerFrameQuestion(answer: number | 'none'): void;
  setMaskQuestion(files: readonly OpenableFile[], documentId?: string): void;
}

export function createSurfaceSlice(preferences: Preferences): StateCreator<SurfaceSlice> {
  return (set) => ({
    dialog: undefined,
    drawer: undefined,
    panelTab: 'ask',
    singleKeys: preferences.singleKeys,
    tourSeen: preferences.tourSeen,
    opening: [],
    openedSet: undefined,
    maskQuestion: [],
    frameQuestion: undefined,
    namesInExports: false,
    archive: undefined,
    sentResults: new Map(),
    foundText: new Map(),
    maskQuestionOf: undefined,
    setDialog: (dialog) => {
      set({ dialog });
    },
    toggleDrawer: (drawer) => {
      set((state) => ({ drawer: state.drawer === drawer ? undefined : drawer }));
    },
    closeDrawer: () => {
      set({ drawer: undefined });
    },
    setPanelTab: (panelTab) => {
      set({ panelTab });
    },
    setSingleKeys: (singleKeys) => {
      set({ singleKeys });
    },
    setTourSeen: () => {
      set({ tourSeen: true });
    },
    setOpening: (opening) => {
      set({ opening });
    },
    showSet: (openedSet) => {
      set({ openedSet, dialog: 'dataset' });
    },
    setFrameQuestion: (frameQuestion) => {
      set({ frameQuestion });
    },
    answerFrameQuestion: (answer) => {
      set(({ frameQuestion }) => (frameQuestion === undefined ? {} : { frameQuestion: { ...frameQuestion, answer } }));
    },
    setMaskQuestion: (maskQuestion, maskQuestionOf) => {
      set({ maskQuestion, maskQuestionOf });
    },
    setArchive: (archive) => {
      set({ archive });
    },
    noteText: (radiographId, boxes) => {
      set(({ foundText }) => ({ foundText: new Map(foundText).set(radiographId, boxes) }));
    },
    noteSent: (key, outcome) => {
      set(({ sentResults }) => ({ sentResults: new Map(sentResults).set(key, outcome) }));
    },
    setNamesInExports: (namesInExports) => {
      set({ namesInExports });
    },
  });
}
