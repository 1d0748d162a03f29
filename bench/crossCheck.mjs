/** `node bench/crossCheck.mjs FOLDER`: every DICOM file of a folder, read here and by pydicom. The work is in crossCheck/main.ts. */
import { runFromSources } from './fromSources.mjs';

await runFromSources('/bench/crossCheck/main.ts');
