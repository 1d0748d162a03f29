import { receiptOf, type Receipt } from '../../counterfactual/receipt/receipt';
import type { Rulers } from '../../counterfactual/receipt/thresholds';
import type { Version } from '../../record/studioDocument';
import { useStudioState } from '../StudioContext';

const known = new WeakMap<Version, { readonly rulers: Rulers; readonly receipt: Receipt }>();

function receiptFor(version: Version, rulers: Rulers): Receipt {
  const before = known.get(version);
  if (before?.rulers === rulers) return before.receipt;
  const receipt = receiptOf(version.counterfactual, version.changedOutside, rulers);
  known.set(version, { rulers, receipt });
  return receipt;
}

/** A version's receipt; undefined until the release that says how to judge is read. */
export function useReceipt(version: Version): Receipt | undefined {
  const rulers = useStudioState((state) => state.release?.rulers);
  return rulers === undefined ? undefined : receiptFor(version, rulers);
}
