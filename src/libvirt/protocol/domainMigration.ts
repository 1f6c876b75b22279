import { flags, opaque, optional, quantity, string } from '../wire/xdrTypes.ts';
import { typedParams } from '../wire/typedParams.ts';
import { procedure, guestProcedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;
const cookie = opaque(4 * 1024 * 1024);

/** Peer to peer: the host of the domain talks to `destinationUri` itself. */
export const domainMigratePerform3Params = guestProcedure(
  305,
  { domain, destinationUri: optional(string), params: typedParams(64), cookie, flags },
  { cookie },
);
/** `bandwidth` in MiB/s. */
export const domainMigrateSetMaxSpeed = guestProcedure(207, { domain, bandwidth: quantity, flags });
export const domainMigrateGetMaxSpeed = procedure(242, { domain, flags }, { bandwidth: quantity });
/** `downtime` in milliseconds. */
export const domainMigrateSetMaxDowntime = guestProcedure(166, { domain, downtime: quantity, flags });
export const domainMigrateGetMaxDowntime = guestProcedure(387, { domain, flags }, { downtime: quantity });
export const domainMigrateStartPostCopy = guestProcedure(364, { domain, flags });
