/** virDomainState of libvirt-domain.h. */
export const DomainState = {
  noState: 0,
  running: 1,
  blocked: 2,
  paused: 3,
  shutdown: 4,
  shutoff: 5,
  crashed: 6,
  pmSuspended: 7,
} as const;

/** virDomainRunningReason of libvirt-domain.h. */
export const RunningReason = {
  unknown: 0,
  booted: 1,
  migrated: 2,
  restored: 3,
  fromSnapshot: 4,
  unpaused: 5,
  migrationCanceled: 6,
  saveCanceled: 7,
  wakeup: 8,
  crashed: 9,
  postcopy: 10,
  postcopyFailed: 11,
} as const;

/** virDomainPausedReason of libvirt-domain.h. */
export const PausedReason = {
  unknown: 0,
  user: 1,
  migration: 2,
  save: 3,
  dump: 4,
  ioError: 5,
  watchdog: 6,
  fromSnapshot: 7,
  shuttingDown: 8,
  snapshot: 9,
  crashed: 10,
  startingUp: 11,
  postcopy: 12,
  postcopyFailed: 13,
  apiError: 14,
} as const;

/** virDomainShutdownReason of libvirt-domain.h. */
export const ShutdownReason = { unknown: 0, user: 1 } as const;

/** virDomainShutoffReason of libvirt-domain.h. */
export const ShutoffReason = {
  unknown: 0,
  shutdown: 1,
  destroyed: 2,
  crashed: 3,
  migrated: 4,
  saved: 5,
  failed: 6,
  fromSnapshot: 7,
  daemon: 8,
} as const;

/** virDomainCrashedReason of libvirt-domain.h. */
export const CrashedReason = { unknown: 0, panicked: 1 } as const;

/** virDomainControlState of libvirt-domain.h. */
export const DomainControlState = { ok: 0, job: 1, occupied: 2, error: 3 } as const;
