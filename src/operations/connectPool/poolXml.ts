import { t } from '../../base/l10n.ts';
import { parseXml, type XmlElement } from '../../libvirt/model/element.ts';
import type { PoolModel } from '../../libvirt/model/storagePool.ts';
import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';
import type { NewPool, StorageServer } from '../pools/newPool.ts';
import { newPoolXml } from '../pools/newPoolXml.ts';
import { namesAllMonitors } from './monitorsOfPool.ts';

/** What libvirt's pool has to say of a connection. */
export interface WantedPool {
  readonly name: string;
  readonly cephPool: string;
  readonly monitors: readonly StorageServer[];
  readonly user: string;
  readonly secretUuid: string;
}

/** The definition of a pool that is not there yet. */
export function wantedPoolXml(wanted: WantedPool): string {
  return newPoolXml(asNewPool(wanted));
}

function asNewPool({ name, cephPool, monitors, user, secretUuid }: WantedPool): NewPool {
  const login = { type: 'ceph' as const, username: user, secretUuid };
  return { type: 'rbd', name, servers: monitors, sourceName: cephPool, login };
}

/** What of a pool is not as wanted, in words; none: it is so. */
export function whatDiffers({ hosts, auth }: PoolModel, wanted: WantedPool): readonly string[] {
  const { monitors, user, secretUuid } = wanted;
  return [
    ...(namesAllMonitors(hosts, monitors)
      ? []
      : [t('it named {0} monitors, the cluster has {1}', hosts.length, monitors.length)]),
    ...(auth === undefined
      ? [t('it did not log in')]
      : auth.username === user
        ? []
        : [t('it logged in as client.{0}', auth.username)]),
    ...(auth !== undefined && auth.secret.uuid !== secretUuid ? [t('it named another secret')] : []),
  ];
}

/** A pool's definition with all monitors and this login; all else stays as it is. */
export async function mendedPoolXml(xml: string, model: PoolModel, wanted: WantedPool): Promise<string> {
  const pool = rewritten(await parseXml(xml));
  const monitors = namesAllMonitors(model.hosts, wanted.monitors)
    ? model.hosts.flatMap(({ name, port }) => (name === undefined ? [] : [{ name, port }]))
    : wanted.monitors;
  const source: NewElement = {
    name: 'source',
    children: [
      ...monitors.map(({ name, port }) => ({ name: 'host', attributes: { name, port: port?.toString() } })),
      ...(pool.children ?? [])
        .filter(({ name }) => name === 'source')
        .flatMap(({ children = [] }) => children.filter(({ name }) => name !== 'host' && name !== 'auth')),
      {
        name: 'auth',
        attributes: { type: 'ceph', username: wanted.user },
        children: [{ name: 'secret', attributes: { uuid: wanted.secretUuid } }],
      },
    ],
  };
  const children = (pool.children ?? []).map((child) => (child.name === 'source' ? source : child));
  return writeElement({ ...pool, children }, libvirtLayout);
}

/** As it was read, to be written again; what is of another namespace says so itself. */
function rewritten({ name, namespace, attributes, elements, text }: XmlElement): NewElement {
  const own = [...attributes].filter(([attribute]) => !attribute.startsWith('xmlns'));
  return {
    name: namespace === '' ? name : `x:${name}`,
    attributes: Object.fromEntries([...own, ...(namespace === '' ? [] : [['xmlns:x', namespace]])]) as Record<
      string,
      string
    >,
    ...(text === '' ? {} : { text }),
    children: elements.map(rewritten),
  };
}
