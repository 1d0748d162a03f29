/** The findings in words before and after, marked synthetic: a text to train or test readers of reports on, beside the picture. */

import { counterfactualReport } from '../../findings/report/sentences';
import type { Writer } from '../writer';

export const reports: Writer = {
  id: 'reports',
  extension: 'txt',
  about: 'the findings before and after as a synthetic report, where the run that made them kept it',
  begin: () => ({
    async write({ folder, id, row }, sink) {
      const { findings_before: before, findings_after: after } = row;
      if (before === undefined || after === undefined) return {};
      const path = `reports/${id}.txt`;
      await sink.text(folder + path, `${counterfactualReport({ before, after })}\n`);
      return { report: path };
    },
  }),
};
