import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Command, Transport } from '../../transport/transport.ts';

/** Why a file of a host cannot be read or written. Never holds what is in it. */
export class HostFileProblem extends CodedProblem<'forbidden' | 'not-read' | 'not-written' | 'not-removed'> {}

/** A file of a host as it was found. */
export type FoundFile =
  | { readonly kind: 'absent' }
  /** `mode` in octal: `600`; `owner` as `ls` shows it. */
  | { readonly kind: 'file'; readonly content: Buffer; readonly mode: string; readonly owner: string }
  /** A folder, a device ... */
  | { readonly kind: 'other' };

/** A file of a host, and whether it takes `sudo` to read and write it there. */
export interface HostFile {
  /** Asked again each time: a host that was lost and is back has another one. */
  readonly host: { readonly transport: Transport };
  readonly path: string;
  readonly viaSudo: boolean;
}

const timeoutMs = 20_000;
const maxOutputBytes = 4 * 1024 * 1024;

/** Finds the nearest folder that is there: one that is not is made by whoever may write to that. */
const mayWrite = [
  'f=$1',
  '[ "$(id -u)" = 0 ] && exit 0',
  'd=$(dirname -- "$f")',
  'while ! [ -e "$d" ]; do d=$(dirname -- "$d"); done',
  '[ -w "$d" ] && [ -x "$d" ] && { ! [ -e "$f" ] || [ -r "$f" ]; } && exit 0',
  'sudo -n true 2>/dev/null && exit 3',
  'exit 4',
].join('\n');

/**
 * A file that this user may write, or root by `sudo -n`. Rejects with a {@link HostFileProblem} when neither may.
 * @param path absolute
 */
export async function hostFile(
  host: HostFile['host'],
  path: string,
  options: WaitOptions = {},
): Promise<HostFile> {
  const { transport } = host;
  const wait = { timeoutMs, ...options };
  const { exitCode } = await transport.exec(['sh', '-c', mayWrite, 'sh', path], wait);
  if (exitCode === 0 || exitCode === 3) return { host, path, viaSudo: exitCode === 3 };
  throw new HostFileProblem('forbidden', t('{0} may not be written on {1}.', path, transport.label), {
    advice: t('Connect as root, or as a user for whom sudo asks no password.'),
  });
}

const look = [
  'f=$1',
  '[ -e "$f" ] || { [ -L "$f" ] && exit 5; exit 2; }',
  '[ -f "$f" ] || exit 5',
  'stat -L -c "%a %U" -- "$f"',
  'cat -- "$f"',
].join('\n');

export async function readHostFile(file: HostFile, options: WaitOptions = {}): Promise<FoundFile> {
  const {
    host: { transport },
    path,
  } = file;
  const wait = { timeoutMs, ...options, maxOutputBytes };
  const { exitCode, stdout, stderr } = await transport.exec(asOwner(file, look), wait);
  if (exitCode === 2) return { kind: 'absent' };
  if (exitCode === 5) return { kind: 'other' };
  if (exitCode !== 0)
    throw new HostFileProblem('not-read', t('{0} on {1} cannot be read.', path, transport.label), {
      raw: stderr,
    });
  const end = stdout.indexOf('\n');
  const [mode = '', owner = ''] = stdout.subarray(0, end).toString().split(' ');
  return { kind: 'file', content: stdout.subarray(end + 1), mode, owner };
}

/** Never half written: what was there stays until the new file is whole. */
const write = [
  'set -e',
  'umask 077',
  'if [ -d "$1" ]; then echo "$1 is a folder" >&2; exit 21; fi',
  'd=$(dirname -- "$1")',
  '[ -d "$d" ] || (umask 022; mkdir -p -- "$d")',
  'f=$(mktemp -- "$1.XXXXXX")',
  `trap 'rm -f -- "$f"' EXIT`,
  `trap 'exit 143' HUP INT PIPE TERM`,
  'cat >"$f"',
  '[ "$(wc -c <"$f")" = "$3" ] || exit 74',
  'chmod "$2" -- "$f"',
  'if [ -n "$4" ] && [ -e "$1" ]; then cp -p -- "$1" "$4"; fi',
  'mv -f -- "$f" "$1"',
].join('\n');

export interface WriteOptions extends WaitOptions {
  /** In octal: `600`. */
  readonly mode: string;
  /** Where what was there is kept. */
  readonly backup?: string | undefined;
}

/** Writes a file anew, in one step. The content goes through standard input. */
export async function writeHostFile(
  file: HostFile,
  content: string | Uint8Array,
  { mode, backup = '', ...wait }: WriteOptions,
): Promise<void> {
  const {
    host: { transport },
    path,
  } = file;
  const input = typeof content === 'string' ? Buffer.from(content) : content;
  const command = asOwner(file, write, mode, String(input.length), backup);
  const { exitCode, stderr } = await transport.exec(command, { timeoutMs, ...wait, input });
  if (exitCode === 0) return;
  throw new HostFileProblem('not-written', t('{0} on {1} could not be written.', path, transport.label), {
    raw: stderr,
    advice: t('What was there before is unchanged.'),
  });
}

/** Removes a file; puts back what was kept in its place. */
export async function removeHostFile(
  file: HostFile,
  { backup = '', ...wait }: Pick<WriteOptions, 'backup'> & WaitOptions = {},
): Promise<void> {
  const {
    host: { transport },
    path,
  } = file;
  const remove = 'if [ -n "$2" ] && [ -e "$2" ]; then mv -f -- "$2" "$1"; else rm -f -- "$1"; fi';
  const { exitCode, stderr } = await transport.exec(asOwner(file, remove, backup), { timeoutMs, ...wait });
  if (exitCode === 0) return;
  throw new HostFileProblem('not-removed', t('{0} on {1} could not be removed.', path, transport.label), {
    raw: stderr,
  });
}

function asOwner({ path, viaSudo }: HostFile, script: string, ...args: readonly string[]): Command {
  const sh = ['sh', '-c', script, 'sh', path, ...args] as const;
  return viaSudo ? ['sudo', '-n', ...sh] : sh;
}
