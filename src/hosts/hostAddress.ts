import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** How the machine is reached that libvirt runs on. */
export type Reach =
  | { readonly kind: 'local' }
  /** `destination` is what one gives to `ssh`: an alias, `user@host`, with `:port` where it is not the default. */
  | { readonly kind: 'ssh'; readonly destination: string; readonly keyFile: string | undefined };

export interface HostAddress {
  /** The libvirt URI as it is kept in the settings: `qemu+ssh://root@kvm1/system`. */
  readonly uri: string;
  readonly reach: Reach;
  /** What the daemon over there is asked to open: `qemu:///system`. */
  readonly driverUri: string;
  /** The driver: `qemu`, `test`, `xen` ... */
  readonly driver: string;
  /** The user's own daemon (`qemu:///session`) instead of the system's. */
  readonly session: boolean;
  /** The daemon's socket, when the URI names one with `?socket=`. */
  readonly socket: string | undefined;
  /** What people call it until they say otherwise: the host part, or the driver URI of this machine. */
  readonly suggestedName: string;
}

export class HostAddressError extends Problem {
  readonly code = 'bad-host-address';
}

const sshTransports = new Set(['ssh', 'libssh', 'libssh2']);

/**
 * Reads what a person gives for a host: an ssh alias (`kvm1`), a destination (`root@kvm1:2222`, `[fe80::1]:22`) or a
 * libvirt URI (`qemu+ssh://root@kvm1/system`, `qemu:///session`, `test:///default`).
 * Source of the URI format: https://libvirt.org/uri.html
 */
export function parseHostAddress(text: string): HostAddress {
  const given = text.trim();
  if (given === '') throw new HostAddressError(t('Give the name of a host.'));
  return given.includes('://') ? parseUri(given) : parseDestination(given);
}

function parseDestination(destination: string): HostAddress {
  const plain = /^(?:[^@\s/?#]+@)?(?:\[[0-9A-Fa-f:.%\w]+\]|[^\s:@/?#[\]]+)(?::(\d{1,5}))?$/.exec(destination);
  const port = Number(plain?.[1] ?? 22);
  if (!plain || port < 1 || port > 65535 || destination.startsWith('-')) {
    throw new HostAddressError(t('“{0}” is not a host.', destination), {
      advice: t(
        'Give an alias of your SSH configuration, user@host, user@host:port, or a libvirt URI such as qemu+ssh://root@kvm1/system.',
      ),
    });
  }
  return parseUri(`qemu+ssh://${destination}/system`);
}

function parseUri(uri: string): HostAddress {
  let url: URL;
  try {
    url = new URL(uri);
  } catch (cause) {
    throw new HostAddressError(t('“{0}” is not a libvirt URI.', uri), {
      advice: t('A libvirt URI looks like qemu+ssh://root@kvm1/system or qemu:///system.'),
      cause,
    });
  }
  const [driver = '', transport, ...more] = url.protocol.slice(0, -1).split('+');
  if (driver === 'ssh' && transport === undefined) return parseDestination(uri.slice('ssh://'.length));
  const path = decodeURIComponent(url.pathname);
  if (more.length > 0 || path === '' || path === '/') {
    throw new HostAddressError(t('“{0}” is not a libvirt URI.', uri), {
      advice: t('A libvirt URI looks like qemu+ssh://root@kvm1/system or qemu:///system.'),
    });
  }
  if (url.password !== '') {
    throw new HostAddressError(t('A password does not belong in the address of a host.'), {
      advice: t('Leave it out: you are asked for it when it is needed.'),
    });
  }
  const parameters = readParameters(url, uri);
  const reach = reachOf(url, transport, uri, parameters.get('keyfile'));
  const destination = reach.kind === 'ssh' ? reach.destination : '';
  const suggestedName = reach.kind === 'ssh' ? hostPart(destination) : `${driver}://${path}`;
  return {
    uri,
    reach,
    driverUri: `${driver}://${path}`,
    driver,
    session: path === '/session' || path === '/embed',
    socket: parameters.get('socket'),
    suggestedName: path === '/system' ? suggestedName : suggestedNameOf(suggestedName, reach, path),
  };
}

function suggestedNameOf(name: string, reach: Reach, path: string): string {
  return reach.kind === 'ssh' ? `${name}${path.startsWith('/') ? ` ${path.slice(1)}` : ''}` : name;
}

function reachOf(url: URL, transport: string | undefined, uri: string, keyFile: string | undefined): Reach {
  if (transport === undefined && url.host !== '') {
    throw new HostAddressError(t('“{0}” means a TLS connection, which is not supported.', uri), {
      advice: t('Reach the host by SSH: {0}', uri.replace('://', '+ssh://')),
    });
  }
  if (transport === undefined || transport === 'unix') return { kind: 'local' };
  if (!sshTransports.has(transport)) {
    throw new HostAddressError(t('Hosts are reached by SSH; “{0}” is not supported.', transport), {
      advice: t('Reach the host by SSH: {0}', uri.replace(`+${transport}:`, '+ssh:')),
    });
  }
  if (url.hostname.startsWith('-')) throw new HostAddressError(t('“{0}” is not a host.', url.hostname));
  if (url.hostname === '') throw new HostAddressError(t('“{0}” names no host.', uri));
  const user = url.username === '' ? '' : `${decodeURIComponent(url.username)}@`;
  const destination = `${user}${decodeURIComponent(url.hostname)}${url.port === '' ? '' : `:${url.port}`}`;
  return { kind: 'ssh', destination, keyFile };
}

/** Parameters that change nothing for us: there is no terminal, and the daemon is found by itself. */
const harmless = new Set(['no_tty', 'proxy', 'mode', 'command', 'netcat', 'known_hosts']);

function readParameters(url: URL, uri: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name === 'socket' || name === 'keyfile') known.set(name, value);
    else if (name === 'no_verify') {
      throw new HostAddressError(t('“no_verify” is not supported: the keys of hosts are always verified.'), {
        advice: t('Remove it from “{0}”.', uri),
      });
    } else if (!harmless.has(name)) {
      throw new HostAddressError(t('The parameter “{0}” of “{1}” is not supported.', name, uri));
    }
  }
  return known;
}

function hostPart(destination: string): string {
  return destination.slice(destination.lastIndexOf('@') + 1);
}
