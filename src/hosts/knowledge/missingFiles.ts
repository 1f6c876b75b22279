import { posix } from 'node:path';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';

/**
 * Prints a word for each path, and reads no file. Only what ends with the system's own words for ENOENT is missing:
 * what is behind a folder that this account may not search is unknown.
 */
const script = `
for path in "$@"; do
  if said=$(LC_ALL=C stat -L -- "$path" 2>&1 >/dev/null); then
    echo there
  else
    case $said in
      *': No such file or directory') echo missing ;;
      *) echo unknown ;;
    esac
  fi
done`;

const timeoutMs = 20_000;
/** Of all paths together, in the notation that may take 16 characters for one, a command line holds 128 KiB. */
const maxBytes = 255;
/** So many paths go into one command. */
export const maxPaths = 20;

/** Where looking at a name makes the machine connect to the server that the name says. */
const mountsOnLook = /^\/(?:net|afs)(?:\/|$)/;

/** Whether the host may be asked about a path that stands in a document, which anybody may have written. */
export function isAskable(path: string): boolean {
  return (
    path.startsWith('/') &&
    posix.normalize(path) === path &&
    Buffer.byteLength(path) <= maxBytes &&
    !/\p{Cc}/u.test(path) &&
    !mountsOnLook.test(path)
  );
}

/** Which of the paths, each of them askable, the host says are not there. One command. */
export async function findMissing(
  transport: Transport,
  paths: readonly string[],
  { signal }: WaitOptions,
): Promise<readonly string[]> {
  const { stdout } = await transport.exec(['sh', '-c', script, 'sh', ...paths], { signal, timeoutMs });
  const words = stdout.toString().split('\n');
  return paths.filter((_, index) => words[index] === 'missing');
}
