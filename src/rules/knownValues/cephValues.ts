import { t } from '../../base/l10n.ts';
import type { ElementView } from '../../xml/completion/knownValues.ts';
import type { HostKnowledge, KnownRbdPool } from '../hostKnowledge.ts';
import { parseImageName } from '../rbd/imageName.ts';
import { distinct, type FindValues, type ValueTable } from './place.ts';

/** The `<source>` of an RBD disk or pool, if the element is one. */
function isRbdSource(source: ElementView | undefined): boolean {
  return source?.attribute('protocol') === 'rbd' || source?.parent?.attribute('type') === 'rbd';
}

/** The pools over the Ceph pool that the source names; all where it names none that is known. */
function poolsFor(source: ElementView | undefined, { rbdPools }: HostKnowledge): readonly KnownRbdPool[] {
  const image = source?.attribute('name');
  const cephPool = image === undefined ? source?.children('name')[0]?.text() : parseImageName(image)?.pool;
  const same = rbdPools.filter((pool) => pool.cephPool === cephPool);
  return same.length > 0 ? same : rbdPools;
}

const images: FindValues = ({ element }, { rbdPools, volumes }) => {
  if (!isRbdSource(element)) return undefined;
  const names = new Set(rbdPools.map(({ name }) => name));
  return volumes
    ?.filter(({ pool }) => names.has(pool))
    .map(({ path, pool }) => ({ value: path, detail: t('RBD image, in pool {0}', pool) }));
};

const monitorNames: FindValues = ({ element }, knowledge) => {
  const source = element.parent;
  if (!isRbdSource(source)) return undefined;
  const taken = new Set(source?.children('host').map((host) => host.attribute('name')));
  taken.delete(element.attribute('name'));
  return distinct(
    poolsFor(source, knowledge).flatMap(({ name, hosts }) =>
      hosts
        .filter((host) => !taken.has(host.name))
        .map((host) => ({ value: host.name, detail: t('Ceph monitor of pool {0}', name) })),
    ),
  );
};

const monitorPorts: FindValues = ({ element }, knowledge) => {
  if (!isRbdSource(element.parent)) return undefined;
  const name = element.attribute('name');
  return distinct(
    poolsFor(element.parent, knowledge).flatMap((pool) =>
      pool.hosts.flatMap((host) =>
        host.port === undefined || (name !== undefined && name !== '' && host.name !== name)
          ? []
          : [{ value: String(host.port), detail: t('Ceph monitor of pool {0}', pool.name) }],
      ),
    ),
  );
};

const users: FindValues = ({ element }, knowledge) => {
  const disk = element.parent;
  const source = disk?.name === 'source' ? disk : disk?.children('source')[0];
  const isOther =
    element.attribute('type') === 'chap' || element.children('secret')[0]?.attribute('type') === 'iscsi';
  if (isOther || (source !== undefined && !isRbdSource(source))) return undefined;
  return distinct(
    poolsFor(source, knowledge).flatMap(({ name, auth }) =>
      auth === undefined ? [] : [{ value: auth.username, detail: t('Ceph user of pool {0}', name) }],
    ),
  );
};

const cephPools: FindValues = ({ element }, { rbdPools }) =>
  isRbdSource(element.parent)
    ? distinct(rbdPools.map(({ cephPool }) => ({ value: cephPool, detail: t('pool in Ceph') })))
    : undefined;

export const cephValues: ValueTable = new Map([
  ['disk/source@name', images],
  ['source/host@name', monitorNames],
  ['source/host@port', monitorPorts],
  ['auth@username', users],
  ['source/name', cephPools],
]);
