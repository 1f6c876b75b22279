import { posix } from 'node:path';
import { CancelledError, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import type { Command } from '../../transport/transport.ts';
import { ImageProblem } from './imageProblem.ts';

/** A file of a host that holds a disk. */
export interface HostImageFile {
  readonly path: string;
  /** As QEMU calls it: `raw`, `qcow2` ... */
  readonly format: string;
  /** Bytes that a guest sees. */
  readonly size: number;
  /** The file that it holds only the differences from. */
  readonly backing: string | undefined;
}

const timeoutMs = 20_000;

/** As the user that Ceph's programs run as: what those read and write. */
async function run(
  { transport, access }: CephClient,
  command: Command,
  { signal }: WaitOptions = {},
): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> {
  const [program, ...args] = command;
  const whole: Command = access.viaSudo === true ? ['sudo', '-n', program, ...args] : command;
  const { exitCode, stdout, stderr } = await transport.exec(whole, { timeoutMs, signal });
  return { exitCode, stdout: stdout.toString(), stderr: stderr.trim() };
}

/**
 * Looks what disk a file of the host holds; without qemu-img, a raw one of its size. Rejects with an {@link ImageProblem}
 * when it cannot be read.
 */
export async function readHostImage(
  client: CephClient,
  path: string,
  options?: WaitOptions,
): Promise<HostImageFile> {
  const info = await run(client, ['qemu-img', 'info', '--output=json', '-U', '--', path], options);
  if (info.exitCode === 0) return parseImageInfo(path, info.stdout);
  const stat = await run(client, ['env', 'LC_ALL=C', 'stat', '-L', '--format=%s', '--', path], options);
  if (info.exitCode === 127 && stat.exitCode === 0)
    return { path, format: 'raw', size: Number(stat.stdout), backing: undefined };
  const said = stat.exitCode === 0 ? info.stderr : stat.stderr;
  throw new ImageProblem(
    'not-possible',
    t('{0} on {1} cannot be read: {2}', path, client.transport.label, said.replace(/^.*?: (?=[^:]*$)/s, '')),
    { raw: said, advice: t('Check the path and who may read it.') },
  );
}

interface InfoJson {
  readonly 'virtual-size': number;
  readonly format: string;
  readonly 'full-backing-filename'?: string;
  readonly 'backing-filename'?: string;
}

/** Reads what `qemu-img info --output=json` prints. */
export function parseImageInfo(path: string, json: string): HostImageFile {
  const info = JSON.parse(json) as InfoJson;
  return {
    path,
    format: info.format,
    size: info['virtual-size'],
    backing: info['full-backing-filename'] ?? info['backing-filename'],
  };
}

/** Why no file can be written there, undefined when it can be tried. */
export async function refuseNewFile(
  client: CephClient,
  path: string,
  options?: WaitOptions,
): Promise<ImageProblem | undefined> {
  const place = client.transport.label;
  if ((await run(client, ['test', '-e', path], options)).exitCode === 0)
    return new ImageProblem('exists', t('There is {0} on {1} already.', path, place), {
      advice: t('Choose another name: nothing is written over.'),
    });
  const folder = posix.dirname(path);
  if ((await run(client, ['test', '-d', folder], options)).exitCode !== 0)
    return new ImageProblem('not-possible', t('There is no folder {0} on {1}.', folder, place), {
      advice: t('Make it first, or choose another one.'),
    });
  return undefined;
}

/** Bytes that are free where a file is to be; undefined when the host does not tell. */
export async function freeSpaceFor(
  client: CephClient,
  path: string,
  options?: WaitOptions,
): Promise<number | undefined> {
  const command: Command = ['env', 'LC_ALL=C', 'df', '--output=avail', '-B1', '--', posix.dirname(path)];
  const { stdout } = await run(client, command, options);
  const free = /^\s*(\d+)\s*$/m.exec(stdout)?.[1];
  return free === undefined ? undefined : Number(free);
}

/**
 * Has a program write a new file of the host. Nobody sees it under its name before it is whole; failed or cancelled, nothing
 * of it stays.
 */
export async function writeNewFile(
  client: CephClient,
  path: string,
  write: (part: string) => Promise<void>,
  { signal }: WaitOptions = {},
): Promise<void> {
  const refusal = await refuseNewFile(client, path, { signal });
  if (refusal) throw refusal;
  const part = `${path}.part`;
  const isThere = await run(client, ['test', '-e', part], { signal });
  if (isThere.exitCode === 0)
    throw new ImageProblem('exists', t('There is {0} on {1} already.', part, client.transport.label), {
      advice: t('Another export may be writing it. If not, delete it, then try again.'),
    });
  try {
    await write(part);
    if (signal?.aborted === true) throw new CancelledError();
    const moved = await run(client, ['mv', '-T', '--', part, path]);
    if (moved.exitCode !== 0) throw new ImageProblem('not-possible', moved.stderr);
  } catch (error) {
    await removePart(client, part, error);
    throw error;
  }
}

async function removePart(client: CephClient, part: string, cause: unknown): Promise<void> {
  const removed = await run(client, ['rm', '-f', '--', part]);
  if (removed.exitCode === 0) return;
  throw new ImageProblem(
    'left-over',
    t('{0} The unfinished file {1} is still on {2}.', messageOf(cause), part, client.transport.label),
    { cause, raw: cause instanceof Problem ? cause.raw : removed.stderr, advice: t('Delete it by hand.') },
  );
}
