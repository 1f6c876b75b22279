import { isLibvirtError } from './errors.ts';
import { ErrorCode } from './protocol/errorCodes.ts';

/** The reference of what was defined, and whether the daemon has checked the XML against its schema. */
export interface Defined<Ref> {
  readonly ref: Ref;
  readonly validated: boolean;
}

/**
 * Defines with validation. A daemon too old to know the flag or the procedure refuses the call as such, with
 * "invalid argument" or "not supported"; then, and only then, it is defined without.
 */
export async function defineValidated<Ref>(
  validated: () => Promise<Ref>,
  plain: () => Promise<Ref>,
): Promise<Defined<Ref>> {
  try {
    return { ref: await validated(), validated: true };
  } catch (error) {
    if (!isLibvirtError(error, ErrorCode.noSupport, ErrorCode.invalidArgument)) throw error;
    return { ref: await plain(), validated: false };
  }
}
