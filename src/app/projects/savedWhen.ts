/** When something was saved, as short as its age allows: a time today, a day this year, else a date. */
export function savedWhen(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return `Today, ${time}`;
  if (at.getFullYear() === now.getFullYear()) return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${time}`;
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
