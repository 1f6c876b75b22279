/** virConnectListAllDomainsFlags of libvirt-domain.h. Flags of one group widen, groups narrow each other. */
export const ListDomains = {
  active: 1 << 0,
  inactive: 1 << 1,
  persistent: 1 << 2,
  transient: 1 << 3,
  running: 1 << 4,
  paused: 1 << 5,
  shutoff: 1 << 6,
  other: 1 << 7,
  managedSave: 1 << 8,
  noManagedSave: 1 << 9,
  autostart: 1 << 10,
  noAutostart: 1 << 11,
  hasSnapshot: 1 << 12,
  noSnapshot: 1 << 13,
  hasCheckpoint: 1 << 14,
  noCheckpoint: 1 << 15,
} as const;

/** virDomainXMLFlags of libvirt-domain.h: `secure` adds passwords of graphics and the like. */
export const DomainXml = { secure: 1, inactive: 2, updateCpu: 4, migratable: 8 } as const;

/** virDomainDefineFlags of libvirt-domain.h. */
export const DomainDefine = { validate: 1 } as const;

/** virDomainCreateFlags of libvirt-domain.h. */
export const DomainCreate = {
  paused: 1,
  autodestroy: 2,
  bypassCache: 4,
  forceBoot: 8,
  validate: 16,
  resetNvram: 32,
} as const;

/** virDomainShutdownFlagValues and virDomainRebootFlagValues of libvirt-domain.h. */
export const DomainShutdown = {
  default: 0,
  acpiPowerButton: 1,
  guestAgent: 2,
  initctl: 4,
  signal: 8,
  paravirt: 16,
} as const;

/** virDomainDestroyFlagsValues of libvirt-domain.h. */
export const DomainDestroy = { default: 0, graceful: 1, removeLogs: 2 } as const;

/** virDomainUndefineFlagsValues of libvirt-domain.h. */
export const DomainUndefine = {
  managedSave: 1,
  snapshotsMetadata: 2,
  nvram: 4,
  keepNvram: 8,
  checkpointsMetadata: 16,
  tpm: 32,
  keepTpm: 64,
} as const;

/** virDomainSaveRestoreFlags of libvirt-domain.h. */
export const DomainSave = { bypassCache: 1, running: 2, paused: 4, resetNvram: 8 } as const;

/** virDomainCoreDumpFlags of libvirt-domain.h. */
export const CoreDump = { crash: 1, live: 2, bypassCache: 4, reset: 8, memoryOnly: 16 } as const;

/** virDomainCoreDumpFormat of libvirt-domain.h. */
export const CoreDumpFormat = { raw: 0, kdumpZlib: 1, kdumpLzo: 2, kdumpSnappy: 3 } as const;

/** Of virDomainVcpuFlags and virDomainMemoryModFlags of libvirt-domain.h, beside `DomainAffect`: the limit itself. */
export const resourceMaximum = 4;

/** virDomainModificationImpact of libvirt-domain.h; `force` of virDomainDeviceModifyFlags. */
export const DomainAffect = { current: 0, live: 1, config: 2, force: 4 } as const;

/** virDomainMetadataType of libvirt-domain.h. */
export const DomainMetadata = { description: 0, title: 1, element: 2 } as const;
