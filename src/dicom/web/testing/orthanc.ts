/** A real archive for tests: Debian's orthanc with orthanc-dicomweb, on a free port, in a folder that goes away with it. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PLUGIN = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

export const hasOrthanc = existsSync(PLUGIN) && spawnSync('Orthanc', ['--version']).error === undefined;

export interface RunningOrthanc {
  /** Of its DICOMweb services. */
  readonly base: string;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

export async function startOrthanc(): Promise<RunningOrthanc> {
  const folder = mkdtempSync(join(tmpdir(), 'counterpart-orthanc-'));
  const port = await freePort();
  const [user, password] = ['studio', 'secret'];
  const settings = {
    StorageDirectory: folder,
    IndexDirectory: folder,
    HttpPort: port,
    DicomServerEnabled: false,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { [user]: password },
    Plugins: [PLUGIN],
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
  };
  writeFileSync(join(folder, 'orthanc.json'), JSON.stringify(settings));
  const archive = spawn('Orthanc', [join(folder, 'orthanc.json')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => archive.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    archive.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Orthanc has started')) resolve();
    });
    archive.once('exit', () => reject(new Error(`Orthanc ended: ${said}`)));
  });
  return {
    base: `http://127.0.0.1:${String(port)}/dicom-web`,
    user,
    password,
    stop: async () => {
      archive.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
