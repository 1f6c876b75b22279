import { CodedProblem } from '../../../base/errors.ts';

/** Why a chain of images was not changed, or is not whole afterwards. */
export class ChainProblem extends CodedProblem<'runs' | 'not-changed' | 'not-whole'> {}
