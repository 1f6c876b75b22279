/**
 * Where a value list of libvirt's domain capabilities belongs in a domain's XML. The place is the path below `<domain>`,
 * without `devices/`, with the attribute behind an `@`; with `/*` at the end it is the names of the elements within.
 * What only holds for some elements is in brackets.
 */
export interface CapabilityPlace {
  readonly place: string;
  /** The path of the element below `<domainCapabilities>` that has the list. */
  readonly element: string;
  /** The name of the `<enum>` in it. */
  readonly enumeration: string;
}

const table = {
  'os@firmware': ['os', 'firmware'],
  'os/loader@type': ['os/loader', 'type'],
  'os/loader@readonly': ['os/loader', 'readonly'],
  'os/loader@secure': ['os/loader', 'secure'],
  'memoryBacking/source@type': ['memoryBacking', 'sourceType'],
  'disk@device': ['devices/disk', 'diskDevice'],
  'disk@model': ['devices/disk', 'model'],
  'disk/target@bus': ['devices/disk', 'bus'],
  'graphics@type': ['devices/graphics', 'type'],
  'video/model@type': ['devices/video', 'modelType'],
  'hostdev@mode': ['devices/hostdev', 'mode'],
  'hostdev[@mode=subsystem]@type': ['devices/hostdev', 'subsysType'],
  'hostdev[@mode=capabilities]@type': ['devices/hostdev', 'capsType'],
  'rng@model': ['devices/rng', 'model'],
  'rng/backend@model': ['devices/rng', 'backendModel'],
  'filesystem/driver@type': ['devices/filesystem', 'driverType'],
  'tpm@model': ['devices/tpm', 'model'],
  'tpm/backend@type': ['devices/tpm', 'backendModel'],
  'tpm/backend@version': ['devices/tpm', 'backendVersion'],
  'redirdev@bus': ['devices/redirdev', 'bus'],
  'channel@type': ['devices/channel', 'type'],
  'crypto@model': ['devices/crypto', 'model'],
  'crypto@type': ['devices/crypto', 'type'],
  'crypto/backend@model': ['devices/crypto', 'backendModel'],
  'interface/backend@type': ['devices/interface', 'backendType'],
  'panic@model': ['devices/panic', 'model'],
  'console@type': ['devices/console', 'type'],
  'features/gic@version': ['features/gic', 'version'],
  'features/hyperv/*': ['features/hyperv', 'features'],
  'launchSecurity@type': ['features/launchSecurity', 'sectype'],
} as const satisfies Readonly<Record<string, readonly [element: string, enumeration: string]>>;

type Place = keyof typeof table;

export const capabilityPlaces: readonly CapabilityPlace[] = Object.entries(table).map(
  ([place, [element, enumeration]]) => ({ place, element, enumeration }),
);

/** Of `<cpu><mode name=... supported='yes'>`: the modes that the host has. */
export const cpuModePlace = 'cpu@mode';

/** Here libvirt lists the usual values only; others work as well. At all other places it refuses what is not listed. */
export const openPlaces: ReadonlySet<string> = new Set([
  'channel@type',
  'console@type',
  'features/hyperv/*',
] satisfies Place[]);
