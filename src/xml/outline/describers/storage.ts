import { t } from '../../../base/l10n.ts';
import type { XmlElement } from '../../document.ts';
import { attributeValue, childElements, childNamed, childrenNamed } from '../../queries.ts';
import {
  childText,
  childValue,
  type Describers,
  type Description,
  filled,
  joined,
  parentName,
} from '../description.ts';

/** Storage: disks and what they hold, pools, volumes, and how one logs in to them. */
export const storageDescribers: Describers = {
  disk: (disk) => {
    const id = childValue(disk, 'target', 'dev');
    if (id === undefined) return undefined;
    const device = attributeValue(disk, 'device');
    const kind = device === 'disk' ? undefined : device;
    return { id, detail: joined([kind, storageOf(disk) ?? t('empty')], ', ') };
  },
  source: (source) => {
    const { parent } = source;
    if (parent?.localName === 'pool') return { detail: poolSource(parent, source) };
    return parent?.localName === 'disk' ? { detail: storageIn(source, typeOf(parent)) } : undefined;
  },
  mirror: (mirror) => ({ detail: storageOf(mirror) }),
  backingStore: (store) => ({
    detail: childNamed(store, 'source') ? storageOf(store) : childText(store, 'path'),
  }),
  host: monitorOrServer,
  auth: (auth) => ({
    id: filled(attributeValue(auth, 'username')),
    detail: filled(attributeValue(auth, 'type')),
  }),
  secret: (secret) => {
    const usage = childNamed(secret, 'usage');
    if (usage === undefined) {
      const named = filled(attributeValue(secret, 'usage')) ?? filled(attributeValue(secret, 'uuid'));
      return { id: filled(attributeValue(secret, 'type')), detail: named };
    }
    const [name] = childElements(usage);
    const detail = name === undefined ? undefined : childText(usage, name.localName);
    return { id: filled(attributeValue(usage, 'type')), detail };
  },
  usage: (usage) => ({ id: filled(attributeValue(usage, 'type')) }),
};

/** What a disk, a mirror or a backing store holds: `rbd libvirt-pool/vm1`; undefined for an empty drive. */
function storageOf(owner: XmlElement): string | undefined {
  const source = childNamed(owner, 'source');
  return source && storageIn(source, typeOf(owner));
}

function typeOf(owner: XmlElement): string {
  return attributeValue(owner, 'type') ?? 'file';
}

function storageIn(source: XmlElement, type: string): string | undefined {
  const value = (name: string): string | undefined => filled(attributeValue(source, name));
  switch (type) {
    case 'network':
      return joined([value('protocol'), value('name')]);
    case 'volume':
      return joined([type, joined([value('pool'), value('volume')], '/')]);
    case 'nvme': {
      const address = childNamed(source, 'address');
      return joined([type, address && pciAddress(address)]);
    }
    default: {
      const place = value('file') ?? value('dev') ?? value('dir') ?? value('path');
      return place === undefined ? undefined : joined([type, place]);
    }
  }
}

function poolSource(pool: XmlElement, source: XmlElement): string | undefined {
  const type = attributeValue(pool, 'type');
  const name = childText(source, 'name');
  const hosts = childrenNamed(source, 'host');
  if (type === 'rbd') {
    const monitors = hosts.length === 1 ? t('one monitor') : t('{0} monitors', hosts.length);
    return joined([joined([type, name]), monitors], ', ');
  }
  const place =
    childValue(source, 'dir', 'path') ??
    childValue(source, 'device', 'path') ??
    name ??
    childValue(source, 'adapter', 'name');
  const [host] = hosts;
  return joined([type, joined([host && attributeValue(host, 'name'), place], ':')]);
}

/** A server of storage; hosts in networks are described with these. */
function monitorOrServer(host: XmlElement): Description | undefined {
  if (parentName(host) === 'dhcp' || parentName(host) === 'dns') return undefined;
  const name = filled(attributeValue(host, 'name')) ?? filled(attributeValue(host, 'socket'));
  const port = filled(attributeValue(host, 'port'));
  return { id: joined([name?.includes(':') === true && port !== undefined ? `[${name}]` : name, port], ':') };
}

/** `0000:04:00.0`. */
export function pciAddress(address: XmlElement): string | undefined {
  const part = (name: string, length: number): string =>
    (attributeValue(address, name) ?? '0').replace(/^0x/i, '').padStart(length, '0');
  if (attributeValue(address, 'bus') === undefined) return undefined;
  return `${part('domain', 4)}:${part('bus', 2)}:${part('slot', 2)}.${part('function', 1)}`;
}
