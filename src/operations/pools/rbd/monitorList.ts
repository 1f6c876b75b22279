import { t } from '../../../base/l10n.ts';
import type { StorageServer } from '../newPool.ts';

/** Where a monitor listens for the first version of Ceph's protocol, unless the cluster says otherwise. */
const usualPort = 6789;

/**
 * The monitors of a `mon_host`, one address of each: that of the first version of Ceph's protocol where it has one, since
 * every librados and QEMU speaks it. `[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0],10.0.0.2` is 10.0.0.1:6789 and
 * 10.0.0.2:6789.
 */
export function monitorsOf(monHost: string): readonly StorageServer[] {
  const monitors = [...monHost.matchAll(/\[(v[12]:[^\s]*?)\](?=[\s,;]|$)|[^\s,;]+/g)].flatMap(
    ([whole, addresses]) => monitorOf((addresses ?? whole).split(',')) ?? [],
  );
  return unique(monitors);
}

/**
 * The monitors that a ceph.conf names: `mon_host`, which may be spelled with spaces or dashes, or the older `mon_addr` of
 * each monitor.
 */
export function monitorsInConfiguration(configuration: string): readonly StorageServer[] {
  const settings = configuration.split(/\r?\n/).flatMap((line) => {
    const [, name = '', value = ''] = /^\s*([a-z][a-z _-]*?)\s*=\s*([^#]*)/i.exec(line) ?? [];
    const key = name.toLowerCase().replaceAll(/[ -]+/g, '_');
    return key === 'mon_host' || key === 'mon_addr' ? [{ key, value }] : [];
  });
  const hosts = settings.filter(({ key }) => key === 'mon_host');
  return monitorsOf((hosts.length > 0 ? hosts : settings).map(({ value }) => value).join(','));
}

/** Of the addresses of one monitor. */
function monitorOf(addresses: readonly string[]): StorageServer | undefined {
  const parsed = addresses.flatMap((address) => {
    const [, version, rest = ''] = /^(?:(v1|v2|any):)?(.*?)(?:\/\d+)?$/.exec(address.trim()) ?? [];
    const server = parseServer(rest);
    return server ? [{ version, server }] : [];
  });
  const best = parsed.find(({ version }) => version !== 'v2') ?? parsed[0];
  if (!best) return undefined;
  const { name, port } = best.server;
  return { name, port: port ?? (best.version === 'v2' ? 3300 : usualPort) };
}

/** `mon1`, `10.0.0.1:6789`, `fd00::1`, `[fd00::1]:6789`; undefined for what names no machine. */
export function parseServer(text: string): StorageServer | undefined {
  const [, bracketed, plain, written] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*))(?::(\d{1,5}))?$/.exec(
      text.trim(),
    ) ?? [];
  const name = bracketed ?? plain;
  const port = written === undefined ? undefined : Number(written);
  if (name === undefined || name === '' || port === 0 || (port ?? 0) > 65_535) return undefined;
  return port === undefined ? { name } : { name, port };
}

/** As a person writes it; {@link parseServers} reads it. */
export function formatServers(servers: readonly StorageServer[]): string {
  return servers
    .map(({ name, port }) => {
      if (port === undefined) return name;
      return `${name.includes(':') ? `[${name}]` : name}:${port}`;
    })
    .join(', ');
}

/** Reads what a person has typed: servers with a comma or a space between. */
export function parseServers(text: string): readonly StorageServer[] {
  return unique(words(text).flatMap((word) => parseServer(word) ?? []));
}

/** Why a text is no list of servers; undefined when it is one. */
export function refuseServers(text: string): string | undefined {
  const all = words(text);
  const wrong = all.find((word) => parseServer(word) === undefined);
  if (wrong !== undefined) return t('“{0}” is no name or address of a server.', wrong);
  return all.length === 0 ? t('Name at least one.') : undefined;
}

function words(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

function unique(servers: readonly StorageServer[]): readonly StorageServer[] {
  return [...new Map(servers.map((server) => [`${server.name} ${server.port ?? ''}`, server])).values()];
}
