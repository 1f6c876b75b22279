import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import {
  isPowerOfTwo,
  possibleGroups,
  proposedGroups,
  type PgRoom,
} from '../../../operations/cephPools/placementGroups.ts';
import {
  allowedInWords,
  countInWords,
  leftInWords,
  refuseGroups,
} from '../../../operations/cephPools/roomInWords.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

export interface GroupsQuestion {
  readonly room: PgRoom;
  /** Copies or chunks. */
  readonly size: number;
  readonly ofOnePool: number;
  /** What it has now. */
  readonly current?: number | undefined;
  /** Before the numbers, or after them. */
  readonly others?: readonly Choice<string>[];
  readonly othersFirst?: boolean;
}

/** Of more there would be no end. */
const listed = 8;

/** Asks for a number of placement groups, and shows the arithmetic of it. @returns the number, or the value of another choice */
export function askGroups(ask: Ask, question: GroupsQuestion): Promise<string> {
  const { room, size, ofOnePool, current, others = [], othersFirst = false } = question;
  const proposal = proposedGroups(room, size, ofOnePool);
  const possible = possibleGroups(room, size, ofOnePool);
  const from = Math.max(0, possible.indexOf(proposal) - 2);
  const numbers = [...new Set([proposal, ...possible.slice(from, from + listed)])]
    .filter((count) => count > 0 && count !== current)
    .map((count) => ({
      label: String(count),
      description: sentences(
        countInWords(room, count, size),
        count === proposal ? t('(proposed)') : undefined,
      ),
      detail: count === proposal ? allowedInWords(room) : undefined,
      value: String(count),
    }));
  return ask.choiceOrText({
    placeholder: leftInWords(room, size),
    choices: othersFirst ? [...others, ...numbers] : [...numbers, ...others],
    refusal: (given) =>
      Number(given) === current
        ? t('It has as many now.')
        : refuseGroups(room, Number(given), size, ofOnePool),
    describe: (given) =>
      sentences(
        countInWords(room, Number(given), size),
        isPowerOfTwo(Number(given))
          ? undefined
          : t('(not a power of two: some groups are twice as large as others)'),
      ),
  });
}
