/** What there is to know of a kind of table: data, one file each. */

import type { Finding } from '../../findings/vocabulary';

/** Where a value stands: the first of the columns that the table has; of it the first group of a pattern, where one is given. */
export interface From {
  readonly columns: readonly string[];
  readonly pattern?: RegExp;
}

/** What a class of a data set is to the vocabulary; undefined: nothing that it knows. */
export type ClassNames = Readonly<Record<string, Finding | undefined>>;

export type Labels =
  /** A column a class: 1 there, 0 not there, -1 uncertain, blank not said. Undefined classes: every column that names a finding. */
  | { readonly kind: 'columns'; readonly classes: ClassNames | undefined }
  /** One column lists what is there, and what it does not list is not there. */
  | {
      readonly kind: 'list';
      readonly columns: readonly string[];
      readonly separator: RegExp;
      readonly classes: ClassNames;
    }
  /** A row a box or a reader's mark, several a film. Where several readers read, one of them alone is uncertain. */
  | { readonly kind: 'marks'; readonly column: string; readonly reader?: string; readonly classes: ClassNames }
  /** One class, told by one column. */
  | {
      readonly kind: 'flag';
      readonly column: string;
      readonly name: string;
      readonly finding: Finding;
      readonly negative: RegExp;
    }
  /** It says where films belong, not what they show. */
  | { readonly kind: 'none' };

export interface Dialect {
  readonly id: string;
  readonly title: string;
  /** Columns that tell it, in small letters; the dialect with the most that are all there is taken. */
  readonly needs: readonly string[];
  /** 'films' names images; 'studies' labels what several images share; 'facts' adds to films that another table names. */
  readonly role: 'films' | 'studies' | 'facts';
  /** The image; for 'studies' and 'facts' the key by which they are joined. */
  readonly file: From;
  /** The key under which 'studies' know the film. */
  readonly study?: From;
  readonly patient?: From;
  readonly split?: From;
  readonly source?: From;
  /** Only rows whose column reads so are frontal films. */
  readonly frontal?: { readonly column: string; readonly is: RegExp };
  /** Several rows a film are as it should be. */
  readonly manyRows?: boolean;
  readonly labels: Labels;
  /** What else must be given with it. */
  readonly partner?: string;
}

/** As columns are compared: small letters, one blank between words. */
export function columnKey(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}
