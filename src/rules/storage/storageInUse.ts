import { t } from '../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { insertChildren } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { type Identity, identityIn } from '../../xml/identity.ts';
import { childNamed } from '../../xml/queries.ts';
import { disksOf, targetOf } from '../disks.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { HostKnowledge, KnownDisk, KnownDomain } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import type { Finding, Rule } from '../rule.ts';
import { type Sharing, sharingOf, storageOf } from './storageName.ts';

/** Storage that two disks write to, in one domain or in two of the host. */
export const storageInUse: Rule = {
  id: 'storage-in-use',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'Two guests that write to one image destroy the file system in it, and most often nothing stops them. It is fine when only one of the domains ever runs, when both only read, or when the guests have a file system for clusters: then both disks say <shareable/>.',
    ),
  check(document, knowledge) {
    const domains = new Map<XmlElement, Domain>();
    return disksOf(document).flatMap((disk): Finding[] => {
      const element = disk.parent?.parent;
      const storage = storageOf(disk);
      if (storage === undefined || element === undefined) return [];
      const domain: Domain = domains.get(element) ?? { identity: identityIn(element), uses: new Map() };
      domains.set(element, domain);
      const first = domain.uses.get(storage);
      if (first !== undefined && !mayShare(disk, sharingOf(first))) {
        return [usedTwice(disk, first, storage)];
      }
      domain.uses.set(storage, disk);
      const others = knowledge === undefined ? [] : otherUsers(storage, disk, domain.identity, knowledge);
      return others.length === 0 ? [] : [usedByOthers(document, disk, storage, others)];
    });
  },
};

/** A domain of the document, and which of its disks was the first to use a storage. */
interface Domain {
  readonly identity: Identity;
  readonly uses: Map<string, XmlElement>;
}

interface User {
  readonly domain: KnownDomain;
  readonly disk: KnownDisk;
}

/** Who uses a storage, by its name. */
const usersOf = oncePer(({ domains }: HostKnowledge): ReadonlyMap<string, readonly User[]> => {
  const users = new Map<string, User[]>();
  for (const domain of domains ?? []) {
    for (const disk of domain.disks) {
      if (disk.storage === undefined) continue;
      const known = users.get(disk.storage);
      if (known === undefined) users.set(disk.storage, [{ domain, disk }]);
      else known.push({ domain, disk });
    }
  }
  return users;
});

function otherUsers(
  storage: string,
  disk: XmlElement,
  own: Identity,
  knowledge: HostKnowledge,
): readonly User[] {
  const isOther = ({ uuid, name }: KnownDomain): boolean =>
    own.uuid === undefined ? name !== own.name : uuid !== own.uuid;
  return (usersOf(knowledge).get(storage) ?? []).filter(
    (user) => isOther(user.domain) && !mayShare(disk, user.disk),
  );
}

function mayShare(disk: XmlElement, other: Sharing): boolean {
  const own = sharingOf(disk);
  return (own.isShareable && other.isShareable) || (own.isReadOnly && other.isReadOnly);
}

function usedTwice(disk: XmlElement, first: XmlElement, storage: string): Finding {
  const message = t(
    '{0} is disk {1} of this domain already: both would write to it.',
    shown(storage),
    targetOf(first) ?? '?',
  );
  return findingOf(storageInUse, rangeOf(disk), message);
}

function usedByOthers(
  document: XmlDocument,
  disk: XmlElement,
  storage: string,
  users: readonly User[],
): Finding {
  const running = users.find(({ domain }) => domain.isActive);
  const name = (running ?? users[0])?.domain.name ?? '';
  const fixes = users.every((user) => user.disk.isShareable) ? [shareFix(document, disk)] : [];
  if (running === undefined) {
    const message = t(
      '{0} is a disk of domain {1} too, which is not running: only one of the two may run at a time.',
      shown(storage),
      name,
    );
    return { ...findingOf(storageInUse, rangeOf(disk), message, fixes), severity: 'information' };
  }
  const message = t(
    '{0} is a disk of domain {1} too, which is running: two domains that write to it destroy its data.',
    shown(storage),
    name,
  );
  return findingOf(storageInUse, rangeOf(disk), message, fixes);
}

function shareFix(document: XmlDocument, disk: XmlElement): Fix {
  const shareable = insertChildren(document, disk, [{ name: 'shareable' }], {
    after: ['target', 'readonly'],
  });
  return possibleFix(t('Share it: the guests keep each other from damage'), [shareable]);
}

/** Without the kind of storage before it. */
function shown(storage: string): string {
  return storage.slice(storage.indexOf(':') + 1);
}

function rangeOf(disk: XmlElement): Finding['range'] {
  return (childNamed(disk, 'source') ?? disk).nameRange;
}
