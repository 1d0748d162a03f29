/** Which language the screen speaks: the address says it (?locale=), else the browser, as far as there is a catalogue for it. */

import { speak, language, type Language } from '../messages/language';

/** By the name of their folder beside English: en, de, pt-br. Each is fetched when it is the one. */
const FOLDERS = Object.fromEntries(
  Object.entries(import.meta.glob<{ readonly default: Language }>('../messages/*/index.ts')).map(([path, load]) => [
    path.split('/').at(-2) ?? '',
    load,
  ]),
);

/** Made up for tests: no visitor shall come upon it. */
const PSEUDO = 'pseudo';

interface Wishes {
  readonly search: string;
  readonly preferred: readonly string[];
  /** Whether the made-up language may be asked for. */
  readonly pretending: boolean;
}

/** The folder to take; undefined: English. */
export function folderOf(
  { search, preferred, pretending }: Wishes,
  folders: readonly string[] = Object.keys(FOLDERS),
): string | undefined {
  const asked = new URLSearchParams(search).get('locale');
  if (asked === PSEUDO) return pretending && folders.includes(PSEUDO) ? PSEUDO : undefined;
  for (const tag of asked === null ? preferred : [asked, ...preferred]) {
    const [whole, short = ''] = [tag.toLowerCase(), tag.toLowerCase().split('-')[0]];
    if (short === 'en') return undefined;
    const found = [whole, short].find((name) => name !== PSEUDO && folders.includes(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Has the page speak the language. English where its catalogue cannot be fetched: words are no reason to stay dark. */
export async function chooseLanguage(
  wishes: Wishes = {
    search: location.search,
    preferred: navigator.languages,
    pretending: import.meta.env.DEV || navigator.webdriver,
  },
): Promise<void> {
  const load = FOLDERS[folderOf(wishes) ?? ''];
  try {
    if (load !== undefined) speak((await load()).default);
  } catch (error) {
    console.error(error);
  }
  const { locale, direction } = language();
  document.documentElement.lang = locale;
  document.documentElement.dir = direction;
}
