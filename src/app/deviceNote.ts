/** What the worker tells of its device, in words. */

import * as say from '../messages/en/device';
import { toldError } from '../messages/language';
import type { DeviceNote } from '../worker/messages';

const NAMES = { webgpu: 'WebGPU', wasm: 'WebAssembly' } as const;
const LACKING = { threads: say.withoutThreads, fused: say.withoutFused } as const;
const MINUTE = 60_000;

export function deviceNoteText(note: DeviceNote): string {
  switch (note.kind) {
    case 'unusable': {
      const [technology, reason] = [NAMES[note.backend], toldError(note.error).message];
      // A reason that names its backend needs no heading.
      return reason.includes(technology) ? reason : say.unusable({ technology, reason });
    }
    case 'unmeasured':
      return say.unmeasured({ technology: NAMES[note.backend] });
    case 'lacking':
      return LACKING[note.what]();
    case 'warning':
      return toldError(note.error).message;
    case 'reset':
      return say.reset({ reason: toldError(note.error).message });
    case 'moved':
      return `${say.moved({ reason: toldError(note.error).message })} ${again(note.triedAgainIn)}`;
    case 'not-yet':
      return `${say.notYet()} ${again(note.triedAgainIn)}`;
    case 'returned':
      return say.returned();
  }
}

function again(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return say.staysThere();
  return milliseconds < MINUTE
    ? say.againInSeconds({ count: Math.round(milliseconds / 1000) })
    : say.againInMinutes({ count: Math.round(milliseconds / MINUTE) });
}
