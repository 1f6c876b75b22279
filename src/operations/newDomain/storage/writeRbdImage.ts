import type { CephClient } from '../../../ceph/cephAccess.ts';
import type { RbdImage } from '../../../ceph/rbd.ts';
import { CancelledError, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import { waitFor, type WaitOptions } from '../../../base/waiting.ts';

/** What an image is filled with: a file on the host, or bytes from here. */
export type ImageContent =
  { readonly path: string; readonly format: string } | { readonly bytes: Uint8Array };

/** qemu-img has not written the image, or not all of it. */
export class ImageWriteError extends Problem {
  readonly code = 'image-write';
}

export interface WriteOptions extends Pick<WaitOptions, 'signal'> {
  readonly report?: ReportProgress | undefined;
}

/**
 * The first line of standard input is the key, the rest the content where that is `-`. Both are files that only this
 * user can read, for as long as qemu-img runs.
 */
const script = [
  'umask 077',
  'IFS= read -r key || exit 125',
  'file=$(mktemp -p /dev/shm 2>/dev/null || mktemp) || exit 125',
  'source=$3 content=',
  `trap 'rm -f "$file" "$content"' EXIT`,
  `trap 'exit 143' HUP INT PIPE TERM`,
  'printf %s "$key" >"$file"',
  'if [ "$source" = - ]; then content=$(mktemp) && cat >"$content" || exit 125; source=$content; fi',
  'set -- "$1" "$2"',
  '[ -z "$key" ] || set -- "$1,key-secret=key" "$2" --object "secret,id=key,format=base64,file=$file"',
  'unset key',
  'target=$1 format=$2',
  'shift 2',
  'qemu-img convert -p -n -f "$format" "$@" --target-image-opts "$source" "$target" </dev/null',
].join('\n');

/**
 * Writes into an RBD image that exists and is large enough, with QEMU's own tool: it reads qcow2, leaves holes out and
 * needs no keyring on the host.
 */
export async function writeRbdImage(
  { transport, access }: CephClient,
  image: RbdImage,
  content: ImageContent,
  { signal, report }: WriteOptions = {},
): Promise<void> {
  const [source, format] = 'path' in content ? [content.path, content.format] : ['-', 'raw'];
  const running = await transport.spawn(
    ['sh', '-c', script, 'sh', rbdImageOptions(image, access), format, source],
    {
      signal,
    },
  );
  let said = '';
  running.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-16_384);
  });
  running.stream.on('data', (chunk: Buffer) => {
    const percent = /\(([\d.]+)\/100%\)\s*$/.exec(chunk.toString())?.[1];
    if (percent !== undefined) report?.({ fraction: Number(percent) / 100 });
  });
  running.stream.on('error', () => undefined);
  running.stream.write(`${access.key ?? ''}\n`);
  running.stream.end('bytes' in content ? content.bytes : undefined);
  try {
    const { exitCode } = await waitFor(running.exited, { signal }, () => '');
    if (exitCode !== 0) throw failure(transport.label, image.image, exitCode, said);
  } catch (error) {
    if (error instanceof CancelledError) running.kill();
    throw error;
  }
}

function failure(host: string, image: string, exitCode: number | undefined, stderr: string): ImageWriteError {
  if (exitCode === 127) {
    return new ImageWriteError(t('{0} is not installed on {1}.', 'qemu-img', host), {
      advice: t('Install the package qemu-utils, or qemu-img, on the host.'),
      raw: stderr.trim(),
    });
  }
  const said =
    stderr
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^qemu-img: /, '') ?? '';
  return new ImageWriteError(t('{0} could not write the image {1}: {2}', host, image, said), {
    advice: qemuImgAdvice(stderr),
    raw: stderr.trim(),
  });
}

export function qemuImgAdvice(stderr: string): string | undefined {
  if (/Unknown (?:driver|protocol) 'rbd'/.test(stderr))
    return t('Its QEMU tools lack the RBD driver: on Debian and Ubuntu it is in qemu-block-extra.');
  if (/error connecting|error opening pool/.test(stderr))
    return t('Check the user and the secret of the pool, and that the host reaches the monitors.');
  if (/Could not open .*Permission denied/.test(stderr))
    return t('The user of this connection may not read that file: connect as root.');
  return undefined;
}

/** As QEMU’s -blockdev names an RBD image; a comma within a value is written twice. */
export function rbdImageOptions(
  { pool, namespace, image }: RbdImage,
  { monitors, clientId, configFile }: CephClient['access'],
): string {
  const servers = monitors.flatMap((monitor, index): [string, string][] => {
    const [, bracketed, plain = '', port = '6789'] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(monitor) ?? [];
    return [
      [`server.${index}.host`, bracketed ?? plain],
      [`server.${index}.port`, port],
    ];
  });
  const options: readonly (readonly [string, string | undefined])[] = [
    ['driver', 'rbd'],
    ['pool', pool],
    ['namespace', namespace],
    ['image', image],
    ['user', clientId],
    ['conf', configFile],
    ...servers,
  ];
  return options
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value.replaceAll(',', ',,')}`))
    .join(',');
}
