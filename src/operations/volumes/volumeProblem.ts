import { CodedProblem } from '../../base/errors.ts';

/** Why something was not done to a volume, or only in part. */
export class VolumeProblem extends CodedProblem<
  'in-use' | 'left-over' | 'not-possible' | 'has-children' | 'has-snapshots' | 'not-listed'
> {}
