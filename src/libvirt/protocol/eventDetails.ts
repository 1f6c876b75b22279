/** virDomainEventType of libvirt-domain.h: `event` of a domain's lifecycle event. */
export const DomainLifecycle = {
  defined: 0,
  undefined: 1,
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
  shutdown: 6,
  pmSuspended: 7,
  crashed: 8,
} as const;

/** `detail` of a domain's lifecycle event, by `event`: virDomainEvent*DetailType of libvirt-domain.h. */
export const DomainLifecycleDetail = {
  defined: { added: 0, updated: 1, renamed: 2, fromSnapshot: 3 },
  undefined: { removed: 0, renamed: 1 },
  started: { booted: 0, migrated: 1, restored: 2, fromSnapshot: 3, wakeup: 4 },
  suspended: {
    paused: 0,
    migrated: 1,
    ioError: 2,
    watchdog: 3,
    restored: 4,
    fromSnapshot: 5,
    apiError: 6,
    postcopy: 7,
    postcopyFailed: 8,
  },
  resumed: { unpaused: 0, migrated: 1, fromSnapshot: 2, postcopy: 3, postcopyFailed: 4 },
  stopped: {
    shutdown: 0,
    destroyed: 1,
    crashed: 2,
    migrated: 3,
    saved: 4,
    failed: 5,
    fromSnapshot: 6,
  },
  shutdown: { finished: 0, guest: 1, host: 2 },
  pmSuspended: { memory: 0, disk: 1 },
  crashed: { panicked: 0, crashLoaded: 1 },
} as const;

/** virStoragePoolEventLifecycleType of libvirt-storage.h. */
export const PoolLifecycle = {
  defined: 0,
  undefined: 1,
  started: 2,
  stopped: 3,
  created: 4,
  deleted: 5,
} as const;

/** virNetworkEventLifecycleType of libvirt-network.h. */
export const NetworkLifecycle = { defined: 0, undefined: 1, started: 2, stopped: 3 } as const;

/** virSecretEventLifecycleType of libvirt-secret.h. */
export const SecretLifecycle = { defined: 0, undefined: 1 } as const;

/** virNodeDeviceEventLifecycleType of libvirt-nodedev.h. */
export const NodeDeviceLifecycle = { created: 0, deleted: 1, defined: 2, undefined: 3 } as const;

/** virDomainEventIOErrorAction of libvirt-domain.h. */
export const IoErrorAction = { none: 0, pause: 1, report: 2 } as const;

/** virConnectDomainEventBlockJobStatus of libvirt-domain.h. */
export const BlockJobStatus = { completed: 0, failed: 1, canceled: 2, ready: 3 } as const;

/** virConnectDomainEventAgentLifecycleState of libvirt-domain.h. */
export const AgentState = { connected: 1, disconnected: 2 } as const;
