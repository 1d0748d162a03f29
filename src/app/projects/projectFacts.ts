import * as say from '../../messages/en/projects';
import type { ProjectSummary } from '../../record/project/projectStorage';
import { megabytes } from './megabytes';

/** "2 radiographs, 5 versions · 14 MB". */
export function projectFacts({ radiographs, versions, bytes }: ProjectSummary): string {
  const size = megabytes(bytes);
  return versions === 0 ? say.facts({ radiographs, size }) : say.factsVersions({ radiographs, versions, size });
}
