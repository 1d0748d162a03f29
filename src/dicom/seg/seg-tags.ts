/** The Segmentation IOD (DICOM PS3.3 A.51) and its attributes, as eight hexadecimal digits. */

export const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4';
export const LABEL_MAP_STORAGE = '1.2.840.10008.5.1.4.1.1.66.7';

export const SEG = {
  segmentSequence: '00620002',
  segmentNumber: '00620004',
  segmentLabel: '00620005',
  segmentationType: '00620001',
  segmentIdentificationSequence: '0062000A',
  referencedSegmentNumber: '0062000B',
  perFrameGroups: '52009230',
  sharedGroups: '52009229',
  referencedSeriesSequence: '00081115',
  referencedInstanceSequence: '0008114A',
  derivationImageSequence: '00089124',
  sourceImageSequence: '00082112',
  referencedSopInstanceUid: '00081155',
  planePositionSequence: '00209113',
} as const;

/** In dicom-parser's spelling. */
export const parsed = (tag: string): string => `x${tag.toLowerCase()}`;
