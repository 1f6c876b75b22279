import { t } from '../../base/l10n.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../xml/document.ts';
import type { Fix } from '../../xml/fix.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { disksOf } from '../disks.ts';
import { choiceOf, findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { HostKnowledge, KnownRbdPool } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { editsAsNetworkDisk } from './asNetworkDisk.ts';
import { parseImageName } from './imageName.ts';
import { parseQemuRbdFile, type QemuRbdFile } from './qemuFileName.ts';
import { poolsOfDisk } from './rbdPools.ts';

/** An RBD image named as a file or block device: `rbd:pool/image` in QEMU's old way, or `pool/image`. */
export const rbdAsFile: Rule = {
  id: 'rbd-as-file',
  severity: 'error',
  documentationUrl: 'https://docs.ceph.com/en/latest/rbd/libvirt/#configuring-the-vm',
  explanation: () =>
    t(
      'libvirt takes what a disk of type file or block names as a path on the host, so the domain does not start: no such file. An RBD image is a disk of type network with protocol rbd, which names its monitors and credentials. Names such as rbd:pool/image worked with very old versions of libvirt and QEMU only.',
    ),
  check(document, knowledge) {
    return disksOf(document).flatMap((disk): Finding[] => {
      const path = pathOf(disk);
      const file = path && rbdFileOf(path.value, knowledge);
      if (path?.valueRange === undefined || file === undefined) return [];
      return [
        findingOf(
          rbdAsFile,
          path.valueRange,
          t('RBD image {0} is no path on the host: the domain will not start.', file.image),
          fixesFor(document, disk, file, knowledge),
        ),
      ];
    });
  },
};

function pathOf(disk: XmlElement): XmlAttribute | undefined {
  const source = childNamed(disk, 'source');
  const type = attributeValue(disk, 'type');
  if (source === undefined || (type !== 'file' && type !== 'block')) return undefined;
  return attributeNamed(source, type === 'file' ? 'file' : 'dev');
}

/** A path that is relative and begins with a Ceph pool of the host is an image too. */
function rbdFileOf(path: string, knowledge: HostKnowledge | undefined): QemuRbdFile | undefined {
  const named = parseImageName(path);
  const isImage = knowledge?.rbdPools.some(({ cephPool }) => cephPool === named?.pool) ?? false;
  return parseQemuRbdFile(isImage ? `rbd:${path.replace(/[\\:]/g, '\\$&')}` : path);
}

function fixesFor(
  document: XmlDocument,
  disk: XmlElement,
  file: QemuRbdFile,
  knowledge: HostKnowledge | undefined,
): readonly Fix[] {
  const pools = poolsOfDisk({ image: file.image, hosts: [] }, knowledge?.rbdPools ?? []);
  if (pools.length === 0) {
    const edits = editsAsNetworkDisk(document, disk, { ...file, auth: undefined });
    return [preferredFix(t('Make it a network disk on {0}', file.image), edits)];
  }
  return choiceOf(
    pools.map((pool) =>
      possibleFix(
        t('Make it a network disk on {0}, as pool {1} reaches it', file.image, pool.name),
        editsAsNetworkDisk(document, disk, {
          ...file,
          hosts: file.hosts.length > 0 ? file.hosts : pool.hosts,
          auth: authFor(file, pool),
        }),
      ),
    ),
  );
}

/** The pool's secret is of no use to another user. */
function authFor({ username }: QemuRbdFile, { auth }: KnownRbdPool): KnownRbdPool['auth'] {
  return username === undefined || username === auth?.username ? auth : undefined;
}
