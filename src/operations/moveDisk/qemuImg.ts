import type { Readable } from 'node:stream';
import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import { noConfigFile, type CephAccess } from '../../ceph/cephAccess.ts';
import { qemuCommand } from '../../ceph/qemuRbd.ts';
import type { Transport } from '../../transport/transport.ts';
import { qemuImgAdvice } from '../newDomain/storage/writeRbdImage.ts';
import type { ImageSpec } from './imageSpec.ts';
import { MoveProblem } from './moveProblem.ts';

export interface QemuImgOptions extends Pick<WaitOptions, 'signal'> {
  readonly report?: ReportProgress | undefined;
}

/** Of images that are reached without Ceph. */
const noAccess: CephAccess = {
  ...{ monitors: [], clientId: undefined, key: undefined },
  ...{ configFile: noConfigFile, settings: new Map() },
};

/** What `qemu-img` is given for images, and who it is to Ceph. */
type Words = (nameOf: (spec: ImageSpec) => string) => readonly string[];

/**
 * Runs qemu-img on the host. An RBD image is opened by the client that libvirt is: the key is in a file of memory, for
 * as long as the program runs. A cancel ends the program, and is told when it has ended.
 */
async function runQemuImg(
  transport: Transport,
  images: readonly ImageSpec[],
  words: Words,
  { signal, report }: QemuImgOptions,
): Promise<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }> {
  const access = images.flatMap((image) => (image.kind === 'rbd' ? image.access : []))[0] ?? noAccess;
  const { command, input } = qemuCommand(access, (nameOfRbd) => [
    'env',
    'LC_ALL=C',
    'qemu-img',
    ...words((spec) => (spec.kind === 'rbd' ? nameOfRbd(spec.image) : spec.path)),
  ]);
  const running = await transport.spawn(command, { signal });
  let stdout = '';
  let stderr = '';
  const read = Promise.all([untilRead(running.stream), untilRead(running.stderr)]);
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptBytes);
  });
  running.stream.setEncoding('utf8').on('data', (text: string) => {
    const fraction = progressIn(text);
    if (fraction !== undefined) report?.({ fraction });
    stdout += text.replaceAll(/ *\([\d.]+\/100%\)[\r\n]*/g, '');
  });
  running.stream.on('error', () => undefined);
  running.stream.end(input);
  try {
    const [{ exitCode }] = await waitFor(Promise.all([running.exited, read]), { signal }, () => '');
    return { exitCode, stdout, stderr };
  } catch (error) {
    running.kill();
    await waitFor(running.exited, { timeoutMs: endMs }, () => '').catch(() => undefined);
    throw error;
  }
}

const keptBytes = 16_384;

/** A program's end can be told before all that it wrote has come. */
function untilRead(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      resolve();
    };
    stream.once('end', done).once('close', done).once('error', done);
  });
}

/** How long a program that was told to end may take. */
const endMs = 10_000;

/** The last of the records `    (12.00/100%)` and CR that qemu-img writes; undefined where there is none. */
export function progressIn(text: string): number | undefined {
  const percent = [...text.matchAll(/\(([\d.]+)\/100%\)/g)].at(-1)?.[1];
  return percent === undefined ? undefined : Number(percent) / 100;
}

/** What this version of qemu-img knows of that makes copies into new images quicker. */
async function speedUps(transport: Transport, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const { stdout } = await transport.exec(['qemu-img', '--help'], { signal, timeoutMs: 20_000 });
  const help = stdout.toString();
  return [
    ...(help.includes('--target-is-zero') ? ['--target-is-zero'] : []),
    ...(/\[-W\]|'-W'/.test(help) ? ['-W'] : []),
  ];
}

/**
 * Copies an image, with all that is below it, into one that is there, new and at least as large. Nobody may write to
 * the source meanwhile.
 */
export async function convertImage(
  transport: Transport,
  from: ImageSpec,
  to: ImageSpec,
  options: QemuImgOptions = {},
): Promise<void> {
  const isFresh = to.kind !== 'block';
  const quick = isFresh ? await speedUps(transport, options.signal) : [];
  const { exitCode, stderr } = await runQemuImg(
    transport,
    [from, to],
    (nameOf) => [
      ...['convert', '-p', '-n', ...quick, '-t', 'writeback', '-f', formatOfImage(from)],
      ...['-O', formatOfImage(to), nameOf(from), nameOf(to)],
    ],
    options,
  );
  if (exitCode !== 0) throw failure(transport.label, exitCode, stderr);
}

/** Rejects with a MoveProblem `not-identical` that says where they differ. */
export async function compareImages(
  transport: Transport,
  from: ImageSpec,
  to: ImageSpec,
  options: QemuImgOptions = {},
): Promise<void> {
  const { exitCode, stdout, stderr } = await runQemuImg(
    transport,
    [from, to],
    (nameOf) => [
      ...['compare', '-p', '-f', formatOfImage(from), '-F', formatOfImage(to)],
      ...[nameOf(from), nameOf(to)],
    ],
    options,
  );
  if (exitCode === 0) return;
  if (exitCode !== 1) throw failure(transport.label, exitCode, stderr);
  throw new MoveProblem('not-identical', t('The copy is not the same as the original.'), {
    raw: stdout.trim(),
    advice: t('Something wrote to one of them. Do it again while nobody uses the disk.'),
  });
}

/** An image of a chain, as it is on the host. */
export interface ChainImage {
  readonly name: string;
  readonly format: string;
  /** Bytes: what a guest sees. */
  readonly size: number;
  /** Bytes that it takes; undefined of what cannot tell. */
  readonly data: number | undefined;
  readonly isEncrypted: boolean;
  /** Snapshots that are kept within it. */
  readonly snapshots: readonly string[];
  /** Whether it names the image below without its format, so that QEMU guesses. */
  readonly guessesBacking: boolean;
}

interface InfoJson {
  readonly filename: string;
  readonly format: string;
  readonly 'virtual-size': number;
  readonly 'actual-size'?: number;
  readonly encrypted?: boolean;
  readonly snapshots?: readonly { readonly name: string }[];
  readonly 'backing-filename'?: string;
  readonly 'backing-filename-format'?: string;
}

/** The image and those below it, its own first. */
export async function readChain(
  transport: Transport,
  spec: ImageSpec,
  { signal }: Pick<WaitOptions, 'signal'> = {},
): Promise<readonly ChainImage[]> {
  const { exitCode, stdout, stderr } = await runQemuImg(
    transport,
    [spec],
    (nameOf) => ['info', '-U', '--output=json', '--backing-chain', '-f', formatOfImage(spec), nameOf(spec)],
    { signal },
  );
  if (exitCode !== 0) throw failure(transport.label, exitCode, stderr);
  return parseChain(stdout, spec.kind);
}

export function parseChain(json: string, kind: ImageSpec['kind']): readonly ChainImage[] {
  return (JSON.parse(json) as readonly InfoJson[]).map((image, index) => ({
    // The name of an RBD image has all that QEMU was told about its cluster.
    name: kind === 'rbd' && index === 0 ? '' : image.filename,
    format: image.format,
    size: image['virtual-size'],
    // Devices say 0.
    data: kind === 'file' ? image['actual-size'] : undefined,
    isEncrypted: image.encrypted === true || image.format === 'luks',
    snapshots: (image.snapshots ?? []).map(({ name }) => name),
    guessesBacking: image['backing-filename'] !== undefined && image['backing-filename-format'] === undefined,
  }));
}

export function formatOfImage(spec: ImageSpec): string {
  return spec.kind === 'rbd' ? 'raw' : spec.format;
}

function failure(host: string, exitCode: number | undefined, stderr: string): Error {
  if (exitCode === 127)
    return new MoveProblem('program-failed', t('{0} is not installed on {1}.', 'qemu-img', host), {
      advice: t('Install the package qemu-utils, or qemu-img, on the host.'),
    });
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !/^\d{4}-\d\d-\d\dT\S+ [0-9a-f]+ +-?\d+ /.test(line));
  const said = lines.at(-1)?.replace(/^qemu-img: /, '') ?? '';
  if (exitCode === undefined) return new CancelledError();
  return new MoveProblem('program-failed', t('qemu-img on {0}: {1}', host, withoutAccess(said)), {
    advice: adviceFor(stderr) ?? qemuImgAdvice(stderr),
    raw: withoutAccess(stderr.trim()),
  });
}

/** What QEMU calls an RBD image names the file of its key as well: that is nothing to read. */
function withoutAccess(text: string): string {
  return text.replaceAll(/(rbd:(?:\\.|[^\\:\s'])+)(?::(?:\\.|[^\s'])+)?/g, '$1');
}

function adviceFor(stderr: string): string | undefined {
  if (/Failed to get .* lock/.test(stderr))
    return t('A program on the host has the image open: a domain that runs, or another qemu-img.');
  if (/No space left on device|Disk quota exceeded/.test(stderr))
    return t('The storage is full: make room, or raise the quota of the pool.');
  if (stderr.includes('No such file or directory'))
    return t('Look whether its storage is there: mounted, activated.');
  return undefined;
}
