import { t } from '../../base/l10n.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { insertChildren, insertChildSnippet, type TextEdit } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import type { HostKnowledge, KnownRbdPool, Monitor } from '../hostKnowledge.ts';
import type { Rule } from '../rule.ts';
import { diskAuthElement } from '../secrets/authElement.ts';
import { cephSecretChoices } from '../secrets/cephSecrets.ts';
import { type RbdDisk, rbdDisksOf } from './rbdDisk.ts';
import { hostElement, isSameMonitor, sharesMonitor } from './monitors.ts';
import { poolsOfDisk } from './rbdPools.ts';

/**
 * An RBD disk without <auth>. QEMU then connects as librados' default user without a key; on a cluster with cephx
 * the domain fails to start with "error connecting". Both the schema and a define accept it.
 */
export const rbdDiskWithoutAuth: Rule = {
  id: 'rbd-disk-without-auth',
  severity: 'warning',
  documentationUrl: 'https://docs.ceph.com/en/latest/rbd/libvirt/#configuring-the-vm',
  explanation: () =>
    t(
      'Without <auth>, QEMU connects to Ceph as the default user without a key. A cluster with cephx refuses that and the domain does not start, though libvirt accepts the definition. It is fine on a cluster without cephx, and where QEMU can read a keyring.',
    ),
  check(document, knowledge) {
    const disks = rbdDisksOf(document)
      .filter((disk) => lacksAuth(disk) && !needsNoAuth(disk, knowledge))
      .map((disk) => ({ disk, cures: curesOf(document, disk, knowledge) }));
    const forAll = fixForAll(disks.map(({ cures }) => cures));
    return disks.map(({ disk, cures }) => ({
      ruleId: rbdDiskWithoutAuth.id,
      severity: rbdDiskWithoutAuth.severity,
      range: disk.element.nameRange,
      message: messageOf(disk),
      fixes:
        cures.length > 0
          ? [...cures.map((cure, index) => fixOf(cure, index === 0)), ...forAll]
          : [snippetFix(document, disk, knowledge)],
    }));
  },
};

/** Credentials that the host knows for a disk, and the edits that put them there. */
interface Cure {
  readonly pool: string;
  readonly username: string;
  readonly addsMonitors: boolean;
  readonly edits: readonly TextEdit[];
}

function lacksAuth({ auth, hasConfigFile }: RbdDisk): boolean {
  return auth === undefined && !hasConfigFile;
}

function needsNoAuth(disk: RbdDisk, knowledge: HostKnowledge | undefined): boolean {
  const pools = poolsOfDisk(disk, knowledge?.rbdPools ?? []);
  return pools.length > 0 && pools.every((pool) => pool.auth === undefined);
}

function messageOf({ target, image }: RbdDisk): string {
  return target === undefined
    ? t(
        'The disk on {0} has no <auth>: QEMU connects to Ceph without a cephx user, and the domain will not start ("error connecting: ...").',
        image,
      )
    : t(
        'Disk {0} on {1} has no <auth>: QEMU connects to Ceph without a cephx user, and the domain will not start ("error connecting: ...").',
        target,
        image,
      );
}

/** One cure for each way that differs: pools with the same credentials and monitors give the same edits. */
function curesOf(document: XmlDocument, disk: RbdDisk, knowledge: HostKnowledge | undefined): Cure[] {
  const cures = poolsOfDisk(disk, knowledge?.rbdPools ?? []).flatMap((pool) => cureOf(document, disk, pool));
  const byEdits = new Map(cures.toReversed().map((cure) => [JSON.stringify(cure.edits), cure]));
  return [...byEdits.values()].reverse();
}

function cureOf(document: XmlDocument, disk: RbdDisk, pool: KnownRbdPool): Cure[] {
  if (pool.auth === undefined) return [];
  const { username, secret } = pool.auth;
  const monitors = missingMonitors(disk, pool);
  const edits = [
    insertChildren(document, disk.element, [diskAuthElement(username, secret)], { before: ['source'] }),
  ];
  if (monitors.length > 0) {
    edits.push(insertChildren(document, disk.source, monitors.map(hostElement), { after: ['host'] }));
  }
  return [{ pool: pool.name, username, addsMonitors: monitors.length > 0, edits }];
}

/** Monitors of a disk that has none in common with the pool stay alone: they may be another cluster's. */
function missingMonitors(disk: RbdDisk, pool: KnownRbdPool): readonly Monitor[] {
  if (disk.hosts.length > 0 && !sharesMonitor(disk.hosts, pool.hosts)) return [];
  return pool.hosts.filter((monitor) => !disk.hosts.some((host) => isSameMonitor(host, monitor)));
}

function fixOf({ pool, username, addsMonitors, edits }: Cure, isPreferred: boolean): Fix {
  const title = addsMonitors
    ? t('Add the credentials and monitors of pool {0} (client.{1})', pool, username)
    : t('Add the credentials of pool {0} (client.{1})', pool, username);
  return { title, isPreferred, edits };
}

/** Cures all disks at once for which there is one way only. */
function fixForAll(curesOfDisks: readonly (readonly Cure[])[]): Fix[] {
  const clear = curesOfDisks.flatMap((cures) => (cures.length === 1 ? cures : []));
  if (clear.length < 2) return [];
  return [
    {
      title: t('Add the credentials to all {0} RBD disks that lack them', clear.length),
      isPreferred: false,
      edits: clear.flatMap(({ edits }) => edits),
    },
  ];
}

function snippetFix(document: XmlDocument, disk: RbdDisk, knowledge: HostKnowledge | undefined): Fix {
  const auth = diskAuthElement(
    { stop: 1, choices: ['libvirt'] },
    { uuid: { stop: 2, choices: cephSecretChoices(knowledge) } },
  );
  return {
    title: t('Add an <auth> element'),
    isPreferred: false,
    snippet: insertChildSnippet(document, disk.element, auth, { before: ['source'] }),
  };
}
