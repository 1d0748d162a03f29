import { describe, expect, it } from 'vitest';
import { openProject, startProject } from '../commands/projects';
import { fakeReading } from '../testing/fakes';
import { openPage, work } from '../testing/page';

/** A project with something in every place that is not stored with it. */
async function used() {
  const page = await openPage();
  await work(page, 'DOE^JANE.dcm');
  const { id, thumbnail } = page.document();
  const state = page.state();
  state.addMatrixDonor({ key: 'k', title: 'DOE^JANE.dcm', thumbnail, reading: fakeReading(0.5), findings: [] });
  state.toggleMatrixRecipient(id);
  state.setProposal({ finding: 'nodule', threshold: 0.5, largestOnly: true });
  state.setSwipePosition(0.1);
  state.setMaskQuestion([{ name: 'DOE^JANE.png', bytes: () => Promise.resolve(new Uint8Array()) }], id);
  state.setTool('lasso');
  return page;
}

function left({
  documents,
  closedDocuments,
  matrixDonors,
  matrixRecipients,
  proposal,
  swipePosition,
  maskQuestion,
}: ReturnType<Awaited<ReturnType<typeof used>>['state']>) {
  return { documents, closedDocuments, matrixDonors, matrixRecipients, proposal, swipePosition, maskQuestion };
}

const NOTHING = {
  documents: [],
  closedDocuments: [],
  matrixDonors: [],
  matrixRecipients: [],
  proposal: undefined,
  swipePosition: 0.5,
  maskQuestion: [],
};

describe('another project', () => {
  it('begins without anything of the one before, and with the user’s tools', async () => {
    const { studio, state } = await used();
    await startProject(studio);
    expect(left(state())).toEqual(NOTHING);
    expect(state().tool).toBe('lasso');
  });

  it('that is opened has nothing of the one before either', async () => {
    const { studio, state } = await used();
    const { id } = state().project;
    await startProject(studio);
    await work({ studio }, 'other.png');
    state().setProposal({ finding: 'nodule', threshold: 0.5, largestOnly: true });
    state().closeDocument('radiograph other.png');
    await openProject(studio, id);
    expect({ ...left(state()), documents: [], swipePosition: 0.5 }).toEqual(NOTHING);
    expect(state().documents.map(({ radiograph }) => radiograph.name)).toEqual(['DOE^JANE.dcm']);
  });
});
