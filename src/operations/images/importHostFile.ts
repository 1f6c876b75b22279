import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { waitFor } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import type { CephRunOptions } from '../../ceph/cephProgram.ts';
import { qemuCommand } from '../../ceph/qemuRbd.ts';
import { createRbdImage, resizeRbdImage, type RbdImage } from '../../ceph/rbd.ts';
import { importRbdFromFile } from '../../ceph/rbdTransfer.ts';
import type { HostImageFile } from './hostFiles.ts';
import { ImageProblem } from './imageProblem.ts';
import { wholeSectors } from './importImage.ts';
import { makeImage } from './unfinishedImage.ts';

/**
 * A file of the host becomes an RBD image with the content that a guest saw: a raw one by `rbd import`, any other by
 * `qemu-img convert`, which reads its backing files too. Failed or cancelled, nothing of it stays, or an ImageProblem says so.
 */
export async function importHostFile(
  client: CephClient,
  image: RbdImage,
  file: HostImageFile,
  options: CephRunOptions = {},
): Promise<void> {
  const { path, format, size } = file;
  const whole = wholeSectors(size);
  const make = async (): Promise<void> => {
    if (format === 'raw') {
      await importRbdFromFile(client, path, image, options);
      if (whole !== size) await resizeRbdImage(client, image, whole);
      return;
    }
    await createRbdImage(client, image, whole, { signal: options.signal });
    await convert(client, image, file, options);
  };
  await makeImage(client, image, make, { signal: options.signal });
}

const keptStderr = 16_384;

async function convert(
  client: CephClient,
  image: RbdImage,
  { path, format }: HostImageFile,
  { signal, report }: CephRunOptions,
): Promise<void> {
  const { command, input } = qemuCommand(client.access, (nameOf) => [
    ...(['qemu-img', 'convert', '-p', '-n', '-U', '-f', format, '-O', 'raw', '--', path] as const),
    nameOf(image),
  ]);
  const running = await client.transport.spawn(command, { signal });
  let said = '';
  running.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-keptStderr);
  });
  running.stream.on('data', (chunk: Buffer) => {
    const percent = /\(([\d.]+)\/100%\)\s*$/.exec(chunk.toString())?.[1];
    if (percent !== undefined) report?.({ fraction: Number(percent) / 100 });
  });
  running.stream.on('error', () => undefined);
  running.stream.end(input);
  try {
    const { exitCode } = await waitFor(running.exited, { signal }, () => '');
    if (exitCode !== 0) throw failure(client.transport.label, path, said);
  } catch (error) {
    if (error instanceof CancelledError) running.kill();
    throw error;
  }
}

function failure(host: string, path: string, stderr: string): ImageProblem {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return new ImageProblem(
    'not-possible',
    t('{0} on {1} could not be imported: {2}', path, host, said.replace(/^qemu-img: /, '')),
    {
      raw: stderr.trim(),
      advice: /Unknown (?:driver|protocol) 'rbd'/.test(stderr)
        ? t('Its QEMU tools lack the RBD driver: on Debian and Ubuntu it is in qemu-block-extra.')
        : undefined,
    },
  );
}
