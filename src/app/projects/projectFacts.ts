import type { ProjectSummary } from '../../state/project/projectStorage';
import { megabytes } from './megabytes';

const counted = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** "2 radiographs, 5 versions · 14 MB". */
export function projectFacts({ radiographs, versions, bytes }: ProjectSummary): string {
  const parts = [counted(radiographs, 'radiograph'), ...(versions === 0 ? [] : [counted(versions, 'version')])];
  return `${parts.join(', ')} · ${megabytes(bytes)}`;
}
