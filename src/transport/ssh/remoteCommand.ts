import { quoteArgv } from '../quote.ts';
import type { Command } from '../transport.ts';

/**
 * What is sent to sshd so that it runs `command`, with messages in English, after telling its process group as the
 * first line of standard error.
 *
 * sshd hands it to the account's login shell as `SHELL -c`, and that may be csh or fish, which read a backslash, `!`
 * or a newline between quotes in their own way. A command with any of those, or with characters beyond ASCII, goes as
 * octal digits that a POSIX sh turns back: every login shell reads the same plain words. Each `exec` leaves no shell
 * behind, so that all are one process, the leader of the process group that sshd makes for it.
 */
export function remoteCommand(command: Command): string {
  const line = quoteArgv(command);
  return /^[ -~]*$/.test(line) && !/[\\!]/.test(line)
    ? `exec sh -c 'echo process-group=$$ >&2; exec env LC_ALL=C "$@"' sh ${line}`
    : `exec sh -c 'echo process-group=$$ >&2; eval "$(printf "${toOctal(`exec env LC_ALL=C ${line}`)}")"'`;
}

/** printf's notation, where only letters, digits and harmless signs stand for themselves. */
function toOctal(text: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_./:,@+= -]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  }).join('');
}
