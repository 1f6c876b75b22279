import { CodedProblem } from '../../base/errors.ts';

/** Why something was not done to an RBD image, or only in part. */
export class ImageProblem extends CodedProblem<
  'in-use' | 'left-over' | 'has-children' | 'not-possible' | 'exists' | 'incomplete'
> {}
