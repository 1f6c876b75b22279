import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed, textOf } from '../../xml/queries.ts';
import type { HostKnowledge, KnownRbdPool } from '../hostKnowledge.ts';
import { oncePer } from '../oncePer.ts';
import { elementsNamed, isWhole } from '../wholeElements.ts';
import { sharesMonitor, type WrittenMonitor, writtenMonitors } from './monitors.ts';
import { rbdDisksOf } from './rbdDisk.ts';
import { poolsOfDisk } from './rbdPools.ts';

/** The <source> of a storage pool of type rbd that the document defines. */
export interface RbdPoolSource {
  readonly pool: XmlElement;
  readonly source: XmlElement;
  /** libvirt's name of the pool. */
  readonly name: string;
  /** The pool in Ceph. */
  readonly cephPool: string;
  readonly hosts: readonly WrittenMonitor[];
  readonly auth: XmlElement | undefined;
}

/** The RBD pool that the document defines; one that has damaged tags is left out. */
export const rbdPoolSourcesOf = oncePer((document: XmlDocument): readonly RbdPoolSource[] =>
  elementsNamed(document, 'pool').flatMap((pool) => {
    const source = childNamed(pool, 'source');
    const isRbdPool = pool.parent === undefined && attributeValue(pool, 'type') === 'rbd';
    if (!isRbdPool || source === undefined || !isWhole(pool)) return [];
    return [
      {
        pool,
        source,
        name: textOfChild(pool, 'name'),
        cephPool: textOfChild(source, 'name'),
        hosts: writtenMonitors(source),
        auth: childNamed(source, 'auth'),
      },
    ];
  }),
);

/** A <source> that names the monitors of a Ceph cluster: of a disk or of a pool. */
export interface RbdSource {
  readonly source: XmlElement;
  readonly hosts: readonly WrittenMonitor[];
  /** The pools of the host that reach the same cluster; the one that the document defines is not among them. */
  readonly pools: (knowledge: HostKnowledge | undefined) => readonly KnownRbdPool[];
}

/** Everything in the document that names monitors. */
export const rbdSourcesOf = oncePer((document: XmlDocument): readonly RbdSource[] => [
  ...rbdDisksOf(document).map((disk) => ({
    source: disk.source,
    hosts: disk.hosts,
    pools: (knowledge: HostKnowledge | undefined) => poolsOfDisk(disk, knowledge?.rbdPools ?? []),
  })),
  ...rbdPoolSourcesOf(document).map((pool) => ({
    source: pool.source,
    hosts: pool.hosts,
    pools: (knowledge: HostKnowledge | undefined) => poolsLike(pool, knowledge),
  })),
]);

/** Other pools of the host over the same Ceph pool or with a monitor in common. */
export function poolsLike(
  { name, cephPool, hosts }: RbdPoolSource,
  knowledge: HostKnowledge | undefined,
): readonly KnownRbdPool[] {
  const others = (knowledge?.rbdPools ?? []).filter((known) => known.name !== name);
  const sameCluster = others.filter((known) => sharesMonitor(known.hosts, hosts));
  return sameCluster.length > 0 ? sameCluster : others.filter((known) => known.cephPool === cephPool);
}

function textOfChild(element: XmlElement, name: string): string {
  const child = childNamed(element, name);
  return child === undefined ? '' : textOf(child).trim();
}
