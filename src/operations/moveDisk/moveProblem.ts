import { CodedProblem } from '../../base/errors.ts';

/** Why a disk cannot be moved to other storage, or was not. */
export class MoveProblem extends CodedProblem<
  | 'not-movable'
  | 'domain-state'
  | 'source-changed'
  | 'name-taken'
  | 'no-space'
  | 'program-failed'
  | 'not-identical'
  | 'still-used'
  | 'left-over'
  | 'not-open'
> {}
