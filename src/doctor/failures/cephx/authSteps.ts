import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { readDiskSource } from '../../../libvirt/model/disk.ts';
import type { XmlElement } from '../../../libvirt/model/element.ts';
import { parsePool } from '../../../libvirt/model/storagePool.ts';
import type { SourceAuth } from '../../../libvirt/model/storageSource.ts';
import type { PoolRef } from '../../../libvirt/protocol/refs.ts';
import { PoolState } from '../../../libvirt/protocol/storagePool.ts';
import { definePool, getPoolInfo, getPoolXml } from '../../../libvirt/storagePools.ts';
import { updateAndVerify } from '../../../operations/devices/deviceChange.ts';
import { deviceXml, editable } from '../../../operations/devices/deviceElement.ts';
import { findDevice } from '../../../operations/devices/deviceKey.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import { virshCommand, virshDefine, type PlanHost } from '../../../operations/plan/planHost.ts';
import { standardInput } from '../../../operations/plan/shell.ts';
import { restartPool } from '../../../operations/pools/startPoolStep.ts';
import { rbdPoolSourcesOf } from '../../../rules/rbd/rbdSources.ts';
import { diskAuthElement, poolAuthElement } from '../../../rules/secrets/authElement.ts';
import { applyEdits, insertChildren } from '../../../xml/edits.ts';
import { removeElement } from '../../../xml/elementEdits.ts';
import { scan } from '../../../xml/scanner/scan.ts';
import type { NewElement } from '../../../xml/writer.ts';
import type { LoginOwner, RbdLogin } from '../reach/rbdLogins.ts';

/** Lets a pool or disk log in with this from its next start on. Reads its definition for the script. */
export async function setAuthStep(
  host: PlanHost,
  { owner }: Pick<RbdLogin, 'owner'>,
  auth: SourceAuth,
  options?: WaitOptions,
): Promise<PlanStep> {
  return owner.kind === 'disk'
    ? diskStep(host, owner, auth)
    : poolStep(host, owner.pool.entry.ref, auth, options);
}

async function diskStep(
  host: PlanHost,
  { domain: { entry, xml }, disk: { target } }: Extract<LoginOwner, { kind: 'disk' }>,
  auth: SourceAuth,
): Promise<PlanStep> {
  const domain = entry.ref;
  const key = { kind: 'disk', target } as const;
  const element = await findDevice(xml, key);
  const original = element && editable(element);
  const command = (disk: NewElement): PlanStep['commands'][number] =>
    virshCommand(host, ['update-device', '--domain', domain.name, '--file', standardInput, '--config'], {
      kind: 'text',
      text: deviceXml(disk),
    });
  const hasIt = (one: XmlElement): boolean => {
    const source = readDiskSource(one);
    return source?.type === 'network' && areSame(source.auth, auth);
  };
  const place = (): { connection: PlanHost['connection']; domain: typeof domain } => ({
    connection: host.connection,
    domain,
  });
  return {
    title: t('Let {0} of {1} log in as client.{2}', target, domain.name, auth.username),
    host: host.shell,
    commands: element ? [command(withAuth(element, auth))] : [],
    run: ({ signal }) =>
      updateAndVerify(place(), key, { change: (one) => withAuth(one, auth), isDone: hasIt }, 'next', {
        signal,
      }),
    undo: original && {
      title: t('Give {0} of {1} the definition that it had', target, domain.name),
      commands: [command(original)],
      run: (wait) =>
        updateAndVerify(place(), key, { change: () => original, isDone: (one) => !hasIt(one) }, 'next', wait),
    },
  };
}

/** The disk with this <auth> alone, where every libvirt looks for it. */
export function withAuth(disk: XmlElement, { username, secret }: SourceAuth): NewElement {
  const { children = [], ...rest } = editable(disk);
  const others = children
    .filter(({ name }) => name !== 'auth')
    .map((child) => (child.name === 'source' ? withoutAuth(child) : child));
  const at = others.findIndex(({ name }) => name === 'source');
  return {
    ...rest,
    children: [...others.slice(0, at), diskAuthElement(username, referenceTo(secret)), ...others.slice(at)],
  };
}

function withoutAuth(source: NewElement): NewElement {
  return { ...source, children: (source.children ?? []).filter(({ name }) => name !== 'auth') };
}

async function poolStep(
  host: PlanHost,
  pool: PoolRef,
  auth: SourceAuth,
  options?: WaitOptions,
): Promise<PlanStep> {
  const read = (wait?: WaitOptions): Promise<string> =>
    getPoolXml(host.connection, pool, { ...wait, inactive: true });
  const known = await read(options);
  let before = known;
  return {
    title: t('Let the storage pool {0} log in as client.{1}', pool.name, auth.username),
    host: host.shell,
    commands: [virshDefine(host, 'pool-define', poolWithAuth(known, auth))],
    isDone: async (wait) => {
      before = await read(wait);
      return areSame((await parsePool(before)).auth, auth);
    },
    run: async (wait) => {
      await definePool(host.connection, poolWithAuth(before, auth), wait);
    },
    undo: {
      title: t('Give the storage pool {0} on {1} the definition that it had', pool.name, host.name),
      commands: [virshDefine(host, 'pool-define', known)],
      run: async (wait) => {
        await definePool(host.connection, before, wait);
        const { state } = await getPoolInfo(host.connection, pool, wait);
        // It may have been restarted with the definition that is taken back.
        if (state !== PoolState.inactive) await restartPool(host, pool, wait);
      },
    },
  };
}

/** The definition of an RBD pool with this <auth>, and not another. */
export function poolWithAuth(xml: string, { username, secret }: SourceAuth): string {
  const document = scan(xml);
  const edits = rbdPoolSourcesOf(document).flatMap(({ source, auth }) => [
    ...(auth ? [removeElement(document, auth)] : []),
    insertChildren(document, source, [poolAuthElement(username, referenceTo(secret))], { before: ['name'] }),
  ]);
  return applyEdits(xml, edits);
}

function referenceTo({ uuid, usage }: SourceAuth['secret']): { uuid: string } | { usage: string } {
  return uuid === undefined ? { usage: usage ?? '' } : { uuid };
}

function areSame(one: SourceAuth | undefined, other: SourceAuth): boolean {
  return (
    one?.username === other.username &&
    one.secret.uuid === other.secret.uuid &&
    one.secret.usage === other.secret.usage
  );
}
