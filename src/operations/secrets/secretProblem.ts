import { CodedProblem } from '../../base/errors.ts';

export type SecretProblemCode =
  /** A secret with this UUID is there already. */
  | 'uuid-taken'
  /** Another secret is for the same use. */
  | 'usage-taken'
  /** libvirt never tells the value of a private secret. */
  | 'private'
  | 'no-value'
  /** It was defined, its value could not be set, and it could not be taken away again. */
  | 'left-without-value';

/** Why a secret cannot be made, copied or compared. Never holds a value. */
export class SecretProblem extends CodedProblem<SecretProblemCode> {}
