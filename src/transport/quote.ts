import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** An argument that no program can be given: it contains a NUL. */
export class ArgumentError extends Problem {
  readonly code = 'nul-in-argument';
}

/**
 * Quotes a program and its arguments as one line of a POSIX shell: each becomes exactly one word, with every
 * character literal. Words that mean nothing to any shell stay as they are, for people who read `ps`.
 */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ');
}

/** With `=` only as an option has it: in front of a command it would set a variable. */
const plain = /^(?:[A-Za-z0-9_./:,@+-]+|-[A-Za-z0-9_./:,@+=-]+)$/;

function quoteWord(word: string): string {
  if (word.includes('\0')) {
    throw new ArgumentError(t('The argument “{0}” contains a NUL character.', word.replaceAll('\0', '\\0')));
  }
  return plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
