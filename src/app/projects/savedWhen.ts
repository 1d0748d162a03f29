import * as say from '../../messages/en/projects';
import { dateTime } from '../../messages/numbers';

/** When something was saved, as short as its age allows: a time today, a day this year, else a date. */
export function savedWhen(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const time = dateTime(at, { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return say.today({ time });
  if (at.getFullYear() === now.getFullYear())
    return say.dayTime({ day: dateTime(at, { day: 'numeric', month: 'long' }), time });
  return dateTime(at, { day: 'numeric', month: 'long', year: 'numeric' });
}
