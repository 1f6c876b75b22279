import { flags, i32 } from '../wire/xdrTypes.ts';
import { typedParams } from '../wire/typedParams.ts';
import { guestProcedure, procedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;

/** `type` is one of {@link JobType}; the parameters are VIR_DOMAIN_JOB_* of libvirt-domain.h. */
export const domainGetJobStats = guestProcedure(
  298,
  { domain, flags },
  { type: i32, params: typedParams(64) },
);
/** It must not wait behind calls that hang: ending what they wait for is its purpose. */
export const domainAbortJob = procedure(164, { domain });

/** virDomainJobType of libvirt-domain.h. */
export const JobType = { none: 0, bounded: 1, unbounded: 2, completed: 3, failed: 4, cancelled: 5 } as const;

/** virDomainJobOperation of libvirt-domain.h. */
export const JobOperation = {
  unknown: 0,
  start: 1,
  save: 2,
  restore: 3,
  migrationIn: 4,
  migrationOut: 5,
  snapshot: 6,
  snapshotRevert: 7,
  dump: 8,
  backup: 9,
  snapshotDelete: 10,
} as const;
