/** The set described in Croissant 1.1 (docs.mlcommons.org/croissant): its files with their hashes, its columns with their types. */

import { NOTE } from '../about';
import type { WrittenFile } from '../sink';
import type { Summary, Writer } from '../writer';
import { typeOf } from './columnTypes';
import { byFolder, columnsOf, TABLE } from './metadata';

const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  description: { '@container': '@language' },
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  name: { '@container': '@language' },
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
} as const;

export const croissant: Writer = {
  id: 'croissant',
  extension: 'json',
  about: 'a description that machines read, in Croissant 1.1 (croissant.json)',
  begin: ({ title, version }) => ({
    async finish(summary, sink) {
      await sink.text('croissant.json', `${JSON.stringify(describe(summary, title, version), undefined, 2)}\n`);
    },
  }),
};

function describe(summary: Summary, title: string, version: string): object {
  const columns = columnsOf(summary.items);
  const parts = [...byFolder(summary.items)].map(([folder, items]) => ({
    folder,
    items,
    id: folder === '' ? 'results' : folder.slice(0, -1),
  }));
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    name: title,
    description: `${NOTE} A row a result; labels are three-valued, and blank is not known.`,
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    url: 'https://huggingface.co/docs/datasets/image_dataset',
    version: semantic(version),
    distribution: parts.flatMap(({ id, folder }) => tableFile(id, folder + TABLE, summary.files)),
    recordSet: parts.map(({ id }) => ({
      '@type': 'cr:RecordSet',
      '@id': `${id}-rows`,
      name: `${id}-rows`,
      field: columns.map((column) => ({
        '@type': 'cr:Field',
        '@id': `${id}-rows/${column}`,
        name: `${id}-rows/${column}`,
        dataType: typeOf(column),
        source: { fileObject: { '@id': `${id}-table` }, extract: { column } },
      })),
    })),
  };
}

/** Three numbers, as Croissant wants them. */
const semantic = (version: string): string => /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0';

function tableFile(id: string, path: string, files: readonly WrittenFile[]): readonly object[] {
  const file = files.find((each) => each.path === path);
  if (file === undefined) return [];
  return [
    {
      '@type': 'cr:FileObject',
      '@id': `${id}-table`,
      name: path,
      contentUrl: path,
      encodingFormat: 'text/csv',
      contentSize: `${String(file.bytes)} B`,
      sha256: file.sha256,
    },
  ];
}
