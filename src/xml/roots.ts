import type { XmlDocument, XmlElement } from './document.ts';
import { attributeValue, childElements, childNamed } from './queries.ts';
import { scan } from './scanner/scan.ts';

/** What a libvirt document describes. `device` is a part of a domain, as one attaches or detaches it. */
export type DocumentKind =
  | 'domain'
  | 'pool'
  | 'volume'
  | 'network'
  | 'networkport'
  | 'secret'
  | 'domainsnapshot'
  | 'domaincheckpoint'
  | 'domainbackup'
  | 'nwfilter'
  | 'nwfilterbinding'
  | 'nodedev'
  | 'interface'
  | 'device'
  | 'capabilities'
  | 'domainCapabilities'
  | 'storagepoolCapabilities';

interface Root {
  readonly kind: DocumentKind;
  readonly name: string;
  /** Whether an element of that name is libvirt's: other vocabularies have a <network> or a <domain> too. */
  readonly isLibvirts: (root: XmlElement) => boolean;
}

const always = (): boolean => true;

const roots: readonly Root[] = [
  {
    kind: 'domain',
    name: 'domain',
    isLibvirts: (root) =>
      has(root, 'type', /^(qemu|kvm|hvf|xen|lxc|test|bhyve|vz|vmware|vbox|hyperv|openvz|parallels|ch)$/)
        ? isEmpty(root) || count(root, domainChildren) > 0
        : count(root, domainChildren) >= 3,
  },
  {
    kind: 'pool',
    name: 'pool',
    isLibvirts: (root) =>
      has(
        root,
        'type',
        /^(dir|fs|netfs|logical|disk|iscsi|iscsi-direct|scsi|mpath|rbd|sheepdog|gluster|zfs|vstorage)$/,
      )
        ? isEmpty(root) || count(root, ['name', 'uuid', 'source', 'target', 'capacity']) > 0
        : childNamed(root, 'name') !== undefined &&
          (hasGrandchild(root, 'source', ['host', 'device', 'dir', 'adapter', 'format']) ||
            hasGrandchild(root, 'target', ['path'])),
  },
  {
    kind: 'volume',
    name: 'volume',
    isLibvirts: (root) =>
      childNamed(root, 'name') !== undefined &&
      childNamed(root, 'capacity') !== undefined &&
      (has(root, 'type', /^(file|block|dir|network|netdir|ploop)$/) ||
        hasAttributeIn(root, 'capacity', 'unit') ||
        count(root, ['allocation', 'target', 'key']) > 0),
  },
  {
    kind: 'network',
    name: 'network',
    isLibvirts: (root) =>
      childNamed(root, 'name') !== undefined &&
      ([
        ['forward', 'mode'],
        ['bridge', 'name'],
        ['ip', 'address'],
        ['mac', 'address'],
        ['portgroup', 'name'],
        ['virtualport', 'type'],
      ].some(([child = '', attribute = '']) => hasAttributeIn(root, child, attribute)) ||
        (childNamed(root, 'forward') !== undefined && hasNoAttributes(root, 'forward'))),
  },
  { kind: 'networkport', name: 'networkport', isLibvirts: always },
  {
    kind: 'secret',
    name: 'secret',
    isLibvirts: (root) =>
      hasAttributeIn(root, 'usage', 'type') ||
      (has(root, 'ephemeral', /^(yes|no)$/) && (isEmpty(root) || count(root, ['uuid', 'description']) > 0)) ||
      (has(root, 'private', /^(yes|no)$/) && (isEmpty(root) || count(root, ['uuid', 'description']) > 0)),
  },
  { kind: 'domainsnapshot', name: 'domainsnapshot', isLibvirts: always },
  { kind: 'domaincheckpoint', name: 'domaincheckpoint', isLibvirts: always },
  { kind: 'domainbackup', name: 'domainbackup', isLibvirts: always },
  {
    kind: 'nwfilter',
    name: 'filter',
    isLibvirts: (root) =>
      attributeValue(root, 'name') !== undefined &&
      (hasAttributeIn(root, 'filterref', 'filter') ||
        (hasAttributeIn(root, 'rule', 'action') && hasAttributeIn(root, 'rule', 'direction'))),
  },
  { kind: 'nwfilterbinding', name: 'filterbinding', isLibvirts: always },
  {
    kind: 'nodedev',
    name: 'device',
    isLibvirts: (root) =>
      childNamed(root, 'name') !== undefined && hasAttributeIn(root, 'capability', 'type'),
  },
  {
    kind: 'interface',
    name: 'interface',
    isLibvirts: (root) =>
      has(root, 'type', /^(ethernet|bridge|bond|vlan)$/) &&
      attributeValue(root, 'name') !== undefined &&
      (isEmpty(root) ||
        count(root, ['start', 'mtu', 'mac', 'protocol', 'bridge', 'bond', 'vlan', 'link']) > 0),
  },
  {
    kind: 'device',
    name: 'interface',
    isLibvirts: (root) =>
      has(root, 'type', /^(network|bridge|user|direct|hostdev|ethernet|vhostuser|vdpa|internal|udp|null)$/) &&
      (hasAttributeIn(root, 'mac', 'address') || hasAttributeIn(root, 'model', 'type')),
  },
  {
    kind: 'device',
    name: 'disk',
    isLibvirts: (root) =>
      has(root, 'type', /^(file|block|dir|network|volume|nvme|vhostuser|vhostvdpa)$/) &&
      (hasAttributeIn(root, 'target', 'dev') || childNamed(root, 'source') !== undefined),
  },
  {
    kind: 'device',
    name: 'hostdev',
    isLibvirts: (root) => has(root, 'mode', /^(subsystem|capabilities)$/),
  },
  {
    kind: 'capabilities',
    name: 'capabilities',
    isLibvirts: (root) =>
      hasGrandchild(root, 'host', ['uuid', 'cpu']) || hasGrandchild(root, 'guest', ['os_type']),
  },
  { kind: 'domainCapabilities', name: 'domainCapabilities', isLibvirts: always },
  { kind: 'storagepoolCapabilities', name: 'storagepoolCapabilities', isLibvirts: always },
];

const domainChildren = [
  'name',
  'uuid',
  'memory',
  'currentMemory',
  'vcpu',
  'os',
  'devices',
  'features',
  'clock',
];

/** Which libvirt document this is; undefined when it is none, or when that cannot be told yet. */
export function documentKind(document: XmlDocument): DocumentKind | undefined {
  const { root } = document;
  if (root?.namespace !== '') return undefined;
  return roots.find(({ name, isLibvirts }) => name === root.name && isLibvirts(root))?.kind;
}

const mayBeRoot = new RegExp(`<(?:${[...new Set(roots.map(({ name }) => name))].join('|')})[\\s/>]`);

/** Whether the text is one of libvirt's documents. Says no to XML that only has the same root name. */
export function looksLikeLibvirtXml(text: string): boolean {
  return mayBeRoot.test(text) && documentKind(scan(text)) !== undefined;
}

function has(element: XmlElement, attribute: string, value: RegExp): boolean {
  const given = attributeValue(element, attribute);
  return given !== undefined && value.test(given);
}

function isEmpty(element: XmlElement): boolean {
  return childElements(element).length === 0;
}

function count(element: XmlElement, names: readonly string[]): number {
  return names.filter((name) => childNamed(element, name) !== undefined).length;
}

function hasAttributeIn(element: XmlElement, childName: string, attribute: string): boolean {
  const child = childNamed(element, childName);
  return child !== undefined && attributeValue(child, attribute) !== undefined;
}

function hasNoAttributes(element: XmlElement, childName: string): boolean {
  return childNamed(element, childName)?.attributes.length === 0;
}

function hasGrandchild(element: XmlElement, childName: string, names: readonly string[]): boolean {
  const child = childNamed(element, childName);
  return child !== undefined && count(child, names) > 0;
}
