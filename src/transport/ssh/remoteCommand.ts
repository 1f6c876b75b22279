import type { Command } from '../transport.ts';
import { quoteArgv } from '../quote.ts';

/**
 * What is sent to sshd so that it runs `command`, with messages in English.
 *
 * sshd hands it to the account's login shell as `SHELL -c`, and that may be csh or fish, which read a backslash, `!`
 * or a newline between quotes in their own way. A command with any of those, or with characters beyond ASCII, goes as
 * octal digits that a POSIX sh turns back: every login shell reads the same plain words. `exec` leaves no shell
 * waiting, so that a signal reaches the program.
 */
export function remoteCommand(command: Command): string {
  const line = `exec env LC_ALL=C ${quoteArgv(command)}`;
  return /^[ -~]*$/.test(line) && !/[\\!]/.test(line)
    ? line
    : `exec sh -c 'eval "$(printf "${toOctal(line)}")"'`;
}

/** printf's notation, where only letters, digits and harmless signs stand for themselves. */
function toOctal(text: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_./:,@+= -]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  }).join('');
}
