import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { applyEdits, type TextEdit } from '../../xml/edits.ts';
import { removeElement } from '../../xml/elementEdits.ts';
import { attributeValue, childNamed, childrenNamed, elementsWithin, textOf } from '../../xml/queries.ts';
import { scan } from '../../xml/scanner/scan.ts';
import type { NewElement } from '../../xml/writer.ts';
import { diskEdits } from './cloneDisks.ts';
import { renamedPath, setAttribute, setText, unsetAttribute } from './cloneEdits.ts';

/** What a disk of the clone is. */
export type ClonedDisk =
  /** As in the original: a medium, or storage that both use. */
  | { readonly kind: 'same' }
  | { readonly kind: 'left out' }
  /** A file or block device of its own. */
  | { readonly kind: 'path'; readonly path: string; readonly format: string | undefined }
  /** A volume of its own, where the disk names pool and volume. */
  | { readonly kind: 'volume'; readonly volume: string; readonly format: string | undefined }
  /** An RBD image of its own: `pool/image`. */
  | { readonly kind: 'image'; readonly name: string }
  /** Another `<disk>` in its place. */
  | { readonly kind: 'replaced'; readonly element: NewElement };

export interface CloneIdentity {
  readonly name: string;
  readonly uuid: string;
  /** One for each interface, in their order. */
  readonly macs: readonly string[];
  /** By the target of the disk: `vda`. */
  readonly disks: ReadonlyMap<string, ClonedDisk>;
  /** The file of UEFI variables; undefined: libvirt makes a new one from the template. */
  readonly nvram: string | undefined;
}

export interface ClonedXml {
  readonly xml: string;
  /** What both domains still share, or what could not be made the clone's own: a sentence each. */
  readonly notices: readonly string[];
}

/** The definition of a clone: the original's, with what must be its own replaced. The rest stays as it is written. */
export function cloneXml(definition: string, identity: CloneIdentity): ClonedXml {
  const document = scan(definition);
  const { root } = document;
  if (!root) return { xml: definition, notices: [] };
  const before = { name: textIn(root, 'name'), uuid: textIn(root, 'uuid') };
  const devices = childNamed(root, 'devices');
  const edits = [
    ...identityEdits(document, root, before, identity),
    ...nvramEdits(document, root, identity.nvram),
    ...(devices ? deviceEdits(document, devices, before.name, identity) : []),
  ];
  return { xml: applyEdits(definition, edits), notices: devices ? noticesOf(root, devices) : [] };
}

interface Before {
  readonly name: string;
  readonly uuid: string;
}

function textIn(parent: XmlElement, name: string): string {
  const child = childNamed(parent, name);
  return child ? textOf(child).trim() : '';
}

function identityEdits(
  document: XmlDocument,
  root: XmlElement,
  before: Before,
  { name, uuid }: CloneIdentity,
): readonly TextEdit[] {
  const genid = childNamed(root, 'genid');
  const entries = childrenNamed(root, 'sysinfo').flatMap((sysinfo) => [...elementsWithin(sysinfo)]);
  return [
    ...childrenNamed(root, 'name').map((element) => setText(document, element, name)),
    ...childrenNamed(root, 'uuid').map((element) => setText(document, element, uuid)),
    // Empty, libvirt makes a new one.
    ...(genid ? [setText(document, genid, '')] : []),
    ...entries
      .filter((element) => element.localName === 'entry')
      .flatMap((entry) => sysinfoEdit(document, entry, before, { name, uuid })),
  ];
}

/** libvirt wants the UUID here to be that of the domain. A serial number of the original must not be found twice. */
function sysinfoEdit(
  document: XmlDocument,
  entry: XmlElement,
  before: Before,
  after: Before,
): readonly TextEdit[] {
  const what = attributeValue(entry, 'name');
  const value = textOf(entry).trim();
  if (what !== 'uuid' && what !== 'serial') return [];
  if (what === 'uuid' || value.toLowerCase() === before.uuid.toLowerCase())
    return [setText(document, entry, after.uuid)];
  return value === before.name ? [setText(document, entry, after.name)] : [removeElement(document, entry)];
}

function nvramEdits(document: XmlDocument, root: XmlElement, path: string | undefined): readonly TextEdit[] {
  const os = childNamed(root, 'os');
  const nvram = os && childNamed(os, 'nvram');
  if (!nvram) return [];
  if (path !== undefined) return [setText(document, nvram, path)];
  return attributeValue(nvram, 'template') === undefined
    ? [removeElement(document, nvram)]
    : [setText(document, nvram, '')];
}

function deviceEdits(
  document: XmlDocument,
  devices: XmlElement,
  before: string,
  { name, macs, disks }: CloneIdentity,
): readonly TextEdit[] {
  const all = (kind: string): readonly XmlElement[] => childrenNamed(devices, kind);
  const characterDevices = ['serial', 'console', 'parallel', 'channel'].flatMap(all);
  return [
    ...all('disk').flatMap((disk) => diskEdits(document, disk, disks)),
    ...all('interface').flatMap((card, index) => interfaceEdits(document, card, macs[index])),
    ...all('graphics').flatMap((graphics) => graphicsEdits(document, graphics)),
    ...characterDevices.flatMap((device) => characterEdits(document, device, before, name)),
    ...all('vsock').flatMap((vsock) => vsockEdits(document, vsock)),
  ];
}

function interfaceEdits(
  document: XmlDocument,
  card: XmlElement,
  address: string | undefined,
): readonly TextEdit[] {
  const [mac, target, port] = ['mac', 'target', 'virtualport'].map((name) => childNamed(card, name));
  const parameters = port && childNamed(port, 'parameters');
  return [
    ...(mac && address !== undefined ? setAttribute(document, mac, 'address', address) : []),
    // The host's end has one name and one port on an Open vSwitch.
    ...(target && attributeValue(target, 'dev') !== undefined ? [removeElement(document, target)] : []),
    ...(parameters ? unsetAttribute(parameters, 'interfaceid') : []),
  ];
}

/** Ports and sockets that were chosen by hand are chosen by libvirt. */
function graphicsEdits(document: XmlDocument, graphics: XmlElement): readonly TextEdit[] {
  const fixed = (name: string): boolean => /^[1-9]/.test(attributeValue(graphics, name) ?? '');
  const listens = childrenNamed(graphics, 'listen');
  return [
    ...(fixed('port') || fixed('tlsPort')
      ? [
          ...setAttribute(document, graphics, 'port', '-1'),
          ...unsetAttribute(graphics, 'tlsPort'),
          ...setAttribute(document, graphics, 'autoport', 'yes'),
        ]
      : []),
    ...(fixed('websocket') ? setAttribute(document, graphics, 'websocket', '-1') : []),
    ...[graphics, ...listens].flatMap((element) => unsetAttribute(element, 'socket')),
  ];
}

/** Sockets that QEMU makes get paths of libvirt's choice; files get the new name. */
function characterEdits(
  document: XmlDocument,
  device: XmlElement,
  before: string,
  after: string,
): readonly TextEdit[] {
  const type = attributeValue(device, 'type');
  const [source, log] = ['source', 'log'].map((name) => childNamed(device, name));
  const path = source && attributeValue(source, 'path');
  const file = log && attributeValue(log, 'file');
  const isOwnSocket = type === 'unix' && source && attributeValue(source, 'mode') === 'bind';
  return [
    ...(isOwnSocket && device.localName === 'channel' ? [removeElement(document, source)] : []),
    ...(source && path !== undefined && (type === 'file' || (isOwnSocket && device.localName !== 'channel'))
      ? setAttribute(document, source, 'path', renamedPath(path, before, after))
      : []),
    ...(log && file !== undefined
      ? setAttribute(document, log, 'file', renamedPath(file, before, after))
      : []),
  ];
}

function vsockEdits(document: XmlDocument, vsock: XmlElement): readonly TextEdit[] {
  const cid = childNamed(vsock, 'cid');
  if (!cid) return [];
  return [...setAttribute(document, cid, 'auto', 'yes'), ...unsetAttribute(cid, 'address')];
}

function noticesOf(root: XmlElement, devices: XmlElement): readonly string[] {
  const has = (name: string, test: (element: XmlElement) => boolean = () => true): boolean =>
    childrenNamed(devices, name).some(test);
  const listens = ['serial', 'console', 'parallel', 'channel'].some((name) => has(name, isTcpServer));
  const commandLine = root.children.some(
    (child) => child.kind === 'element' && child.localName === 'commandline',
  );
  const notices: readonly (readonly [boolean, string])[] = [
    [has('hostdev'), t('Both have the same devices of the host: only one of them can run at a time.')],
    [listens, t('A serial port of both listens at the same TCP port: only one of them can run at a time.')],
    [has('tpm'), t('The emulated TPM starts empty: what is encrypted with the original’s stays closed.')],
    [has('filesystem'), t('Both share the same folders of the host.')],
    [has('shmem') || has('memory', isNvdimm), t('Both name the same shared memory of the host.')],
    [
      has('interface', (card) => attributeValue(card, 'type') === 'vhostuser'),
      t('A network card of both uses the same vhost-user socket.'),
    ],
    [commandLine, t('Arguments for QEMU are taken over as they are written.')],
  ];
  return notices.filter(([holds]) => holds).map(([, text]) => text);
}

function isTcpServer(device: XmlElement): boolean {
  return (
    ['tcp', 'udp'].includes(attributeValue(device, 'type') ?? '') &&
    childrenNamed(device, 'source').some((source) => attributeValue(source, 'mode') === 'bind')
  );
}

function isNvdimm(memory: XmlElement): boolean {
  return childNamed(memory, 'source') !== undefined;
}
