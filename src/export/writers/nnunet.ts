/**
 * Pictures and label maps in nnU-Net's layout (nnU-Net v2, "dataset format"): a folder DatasetNNN_Name with imagesTr, labelsTr,
 * imagesTs, labelsTs and dataset.json, and folds that keep a patient together (splits_final.json goes to nnUNet_preprocessed).
 */

import { FINDINGS } from '../../findings/vocabulary';
import { INSIDE } from '../../imaging/mask-runs';
import { encodePng } from '../../imaging/png';
import { encodeGreyPng } from '../../imaging/png-encode';
import { findingsShown, isUnclear } from '../annotations';
import { foldsByPatient, type OfPatient } from '../folds';
import type { Writer } from '../writer';

/** Numbers below 500 are nnU-Net's own. */
const NUMBER = 501;
const FOLDS = 5;
const TEST = /^test(?:ing)?\/$/i;

export const nnunet: Writer = {
  id: 'nnunet',
  extension: 'png',
  about: 'pictures and label maps in nnU-Net’s layout (nnunet/)',
  needs: ({ image, mask }) => Promise.all([image(), mask()]),
  begin({ title }) {
    const top = `nnunet/Dataset${String(NUMBER)}_${title.replaceAll('-', '_')}`;
    const trained: OfPatient[] = [];
    return {
      async write({ folder, id, image, mask: maskOf, row, recipe, patient, origin }, sink) {
        // A map of background alone says that nothing is there.
        if (isUnclear(row, recipe.edit)) return {};
        const part = TEST.test(folder) ? 'Ts' : 'Tr';
        // A map has one label a pixel: of several findings that came together the first of the vocabulary.
        const [finding] = findingsShown(row);
        const label = finding === undefined ? 0 : FINDINGS.indexOf(finding) + 1;
        await sink.write(`${top}/images${part}/${id}_0000.png`, encodePng(await image(), {}));
        const mask = await maskOf();
        await sink.write(
          `${top}/labels${part}/${id}.png`,
          encodeGreyPng(
            mask.width,
            mask.height,
            mask.data.map((value) => (value >= INSIDE ? label : 0)),
          ),
        );
        if (part === 'Tr') trained.push({ id, patient: patient ?? origin });
        return {};
      },
      async finish(_, sink) {
        const folds = foldsByPatient(trained, FOLDS);
        await sink.text(
          `${top}/dataset.json`,
          `${JSON.stringify(
            {
              ...(folds.length > 0 ? {} : { description: 'Too few patients for folds: train with the fold “all”.' }),
              channel_names: { 0: 'radiograph' },
              labels: {
                background: 0,
                ...Object.fromEntries(FINDINGS.map((finding, index) => [finding, index + 1])),
              },
              numTraining: trained.length,
              file_ending: '.png',
            },
            undefined,
            2,
          )}\n`,
        );
        if (folds.length > 0) await sink.text(`${top}/splits_final.json`, `${JSON.stringify(folds, undefined, 1)}\n`);
      },
    };
  },
};
