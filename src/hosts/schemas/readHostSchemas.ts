import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';

const unpack = promisify(gunzip);

/** What a host gave for its schemas is not what was asked for. */
export class HostSchemasError extends Problem {
  readonly code = 'host-schemas';
}

/** Where packages put the schemas, beside the place that the libvirt on the host's path belongs to. */
const usualFolders = [
  '/usr/share/libvirt/schemas',
  '/usr/local/share/libvirt/schemas',
  '/run/current-system/sw/share/libvirt/schemas',
] as const;

/**
 * Prints each file as a line `name size`, then its bytes; all of it packed where there is gzip. Prints nothing when
 * there are no schemas. Only POSIX sh and coreutils.
 */
const script = `
PATH=$PATH:/usr/sbin:/usr/local/sbin:/usr/local/bin
for p in virsh virtqemud libvirtd; do
  f=$(command -v $p) && f=$(readlink -f "$f") && set -- "\${f%/*/*}/share/libvirt/schemas" "$@"
done
for d in "$@"; do
  [ -r "$d/domain.rng" ] && cd "$d" && break
done
[ -r ./domain.rng ] || exit 0
for f in *.rng; do
  [ -f "$f" ] && [ -r "$f" ] && echo "$f $(wc -c < "$f")" && cat "./$f"
done | if command -v gzip >/dev/null 2>&1; then gzip -c; else cat; fi`;

const maxPackedBytes = 8 * 1024 * 1024;
const maxBytes = 32 * 1024 * 1024;

/**
 * Reads libvirt's schemas from a host in one command, some 60 kB: texts by file name, none when the host has none.
 * Rejects with a {@link HostSchemasError} when the answer is broken.
 */
export async function readHostSchemas(
  transport: Transport,
  options: WaitOptions,
): Promise<ReadonlyMap<string, string>> {
  const { exitCode, stdout, stderr } = await transport.exec(['sh', '-c', script, 'sh', ...usualFolders], {
    ...options,
    maxOutputBytes: maxPackedBytes,
  });
  if (exitCode !== 0) throw broken(transport, stderr);
  try {
    const isPacked = stdout[0] === 0x1f && stdout[1] === 0x8b;
    return parseFiles(isPacked ? await unpack(stdout, { maxOutputLength: maxBytes }) : stdout);
  } catch (cause) {
    throw broken(transport, stderr, cause);
  }
}

/** @throws {Error} when it does not end where a file ends, or a name is none of a schema's */
export function parseFiles(bytes: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\n', at);
    const [, name = '', size = ''] =
      /^([\w.-]+\.rng) +(\d{1,8})$/.exec(bytes.toString('latin1', at, end)) ?? [];
    const next = end + 1 + Number.parseInt(size, 10);
    if (end < 0 || name === '' || !(next <= bytes.length)) throw new Error(`no file at byte ${at}`);
    files.set(name, bytes.toString('utf8', end + 1, next));
    at = next;
  }
  return files;
}

function broken({ label }: Transport, raw: string, cause?: unknown): HostSchemasError {
  return new HostSchemasError(t('The schemas of {0} cannot be read.', label), {
    raw: raw === '' ? undefined : raw,
    cause,
  });
}
