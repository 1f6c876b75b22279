import { Problem } from '../../base/errors.ts';

/** Why something was not done to a volume, or only in part. */
export class VolumeProblem extends Problem {
  readonly code: 'in-use' | 'left-over' | 'not-possible' | 'has-children' | 'has-snapshots' | 'not-listed';

  constructor(
    code: VolumeProblem['code'],
    message: string,
    details: ConstructorParameters<typeof Problem>[1] = {},
  ) {
    super(message, details);
    this.code = code;
  }
}
