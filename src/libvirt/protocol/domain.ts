import { array, bool, flags, i32, optional, quantity, string, struct, u32, uuid } from '../wire/xdrTypes.ts';
import { procedure, guestProcedure } from './procedure.ts';
import { domainRef } from './refs.ts';

const domain = domainRef;

export const connectListAllDomains = procedure(
  273,
  { needResults: bool, flags },
  { domains: array(domainRef), count: u32 },
);
export const domainLookupByName = procedure(23, { name: string }, { domain });
export const domainLookupByUuid = procedure(24, { uuid }, { domain });
export const domainGetXmlDesc = procedure(14, { domain, flags }, { xml: string });
/** Values of `DomainState` and of the reason table that belongs to the state. */
export const domainGetState = procedure(212, { domain, flags }, { state: i32, reason: i32 });
/** Memory in KiB, `cpuTime` in nanoseconds. */
export const domainGetInfo = procedure(
  16,
  { domain },
  { state: i32, maxMemory: quantity, memory: quantity, vcpus: i32, cpuTime: quantity },
);
export const domainGetAutostart = procedure(15, { domain }, { autostart: bool });
export const domainSetAutostart = procedure(29, { domain, autostart: bool });
export const domainIsActive = procedure(150, { domain }, { active: bool });
export const domainIsPersistent = procedure(151, { domain }, { persistent: bool });
export const domainIsUpdated = procedure(202, { domain }, { updated: bool });
export const domainHasManagedSaveImage = procedure(183, { domain, flags }, { result: bool });
export const domainGetMetadata = procedure(
  265,
  { domain, type: i32, uri: optional(string), flags },
  { metadata: string },
);
export const domainSetMetadata = guestProcedure(264, {
  domain,
  type: i32,
  metadata: optional(string),
  key: optional(string),
  uri: optional(string),
  flags,
});
export const domainGetMessages = procedure(426, { domain, flags }, { messages: array(string, 2048) });
export const domainGetDiskErrors = guestProcedure(
  263,
  { domain, maxErrors: u32, flags },
  { errors: array(struct({ disk: string, error: i32 }), 256), count: i32 },
);
/** `stateTime` in milliseconds since the domain's control entered the state. */
export const domainGetControlInfo = procedure(
  229,
  { domain, flags },
  { state: u32, details: u32, stateTime: quantity },
);
export const domainGetHostname = guestProcedure(277, { domain, flags }, { hostname: string });

export const domainDefineXmlFlags = procedure(350, { xml: string, flags }, { domain });
/** For daemons older than libvirt 1.2.12, which lack {@link domainDefineXmlFlags}. */
export const domainDefineXml = procedure(11, { xml: string }, { domain });
export const domainCreateXml = guestProcedure(10, { xml: string, flags }, { domain });
export const domainCreateWithFlags = guestProcedure(196, { domain, flags }, { domain });
export const domainShutdownFlags = guestProcedure(258, { domain, flags });
export const domainReboot = guestProcedure(27, { domain, flags });
export const domainReset = guestProcedure(245, { domain, flags });
/** libvirt gives this one high priority: it must work while others hang. */
export const domainDestroyFlags = procedure(234, { domain, flags });
export const domainSuspend = guestProcedure(34, { domain });
export const domainResume = guestProcedure(28, { domain });
export const domainUndefineFlags = procedure(231, { domain, flags });
export const domainManagedSave = guestProcedure(182, { domain, flags });
export const domainManagedSaveRemove = guestProcedure(184, { domain, flags });
export const domainSaveFlags = guestProcedure(232, { domain, to: string, xml: optional(string), flags });
export const domainRestoreFlags = guestProcedure(233, { from: string, xml: optional(string), flags });
export const domainSaveImageGetXmlDesc = guestProcedure(235, { file: string, flags }, { xml: string });
/** `format` is one of `CoreDumpFormat`. */
export const domainCoreDumpWithFormat = guestProcedure(334, { domain, to: string, format: u32, flags });
export const domainRename = guestProcedure(
  358,
  { domain, newName: optional(string), flags },
  { result: i32 },
);
export const domainInjectNmi = guestProcedure(210, { domain, flags });
/** `holdTime` in milliseconds. */
export const domainSendKey = guestProcedure(226, {
  domain,
  codeset: u32,
  holdTime: u32,
  keycodes: array(u32, 16),
  flags,
});
export const domainPmWakeup = guestProcedure(267, { domain, flags });
export const domainSetVcpusFlags = guestProcedure(199, { domain, vcpus: u32, flags });
/** `memory` in KiB. */
export const domainSetMemoryFlags = guestProcedure(204, { domain, memory: quantity, flags });
/** `period` in seconds. */
export const domainSetMemoryStatsPeriod = guestProcedure(308, { domain, period: i32, flags });
