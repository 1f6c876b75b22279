import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { parsePool, type PoolModel } from '../../../libvirt/model/storagePool.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { lookupSecret } from '../../../libvirt/secrets.ts';
import { getPoolXml } from '../../../libvirt/storagePools.ts';
import { offeredTypes } from '../../../operations/pools/offeredTypes.ts';
import { poolKind } from '../../../operations/pools/poolKinds.ts';
import { backendMissing, PoolProblem, poolTaken } from '../../../operations/pools/poolProblem.ts';
import { copySecret } from '../../../operations/secrets/copySecret.ts';
import { findSecretByUuid } from '../../../operations/secrets/defineSecret.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';
import { confirm, confirmOneOf } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { setUp, type PlannedSetup } from './create/setUp.ts';

/** Storage that other hosts see too. */
const shared = ['rbd', 'netfs', 'iscsi', 'iscsi-direct', 'gluster', 'vstorage'];

export const copyPoolToHostCommand = objectCommand({
  id: 'libvirt.pool.copyToHost',
  on: { kinds: ['pool'], traits: ['connected', 'persistent'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const to = await askHost(node, services);
    if (!to) return;
    const { connection } = host.require();
    const xml = await getPoolXml(connection, entry.ref, { inactive: true });
    const model = await parsePool(xml);
    refuseTaken(model, to);
    await refuseMissingBackend(model, to);
    const secret = await askSecret(node, model, to);
    if (secret === 'cancelled' || !(await isAgreed(node, model, to))) return;
    const target = services.explorer.hosts.find((row) => row.host === to);
    if (!target) return;
    await setUp(target, services, {
      setup: {
        ...{ name, xml, start: entry.active, autostart: entry.autostart },
        build: poolKind(model.type).builds === 'folder' ? 0 : undefined,
      },
      provideSecret: secret,
    });
  },
});

async function askHost(node: PoolNode, { registry }: CommandServices): Promise<HostSession | undefined> {
  const others = registry.sessions.filter((session) => session !== node.host && session.connected);
  if (others.length === 0) {
    void vscode.window.showInformationMessage(t('No other host is connected.'));
    return undefined;
  }
  return wizard(t('Copy the Pool {0} of {1}', node.name, node.host.name), (ask) =>
    ask.pick({
      placeholder: t('To which host?'),
      choices: others.map((session) => ({ label: session.name, value: session })),
    }),
  );
}

/** libvirt would take a definition with the same name and UUID as a new one of that pool. */
function refuseTaken({ name, uuid }: PoolModel, to: HostSession): void {
  const pools = [...to.require().inventory.pools.entries.values()];
  if (pools.some(({ ref }) => ref.name === name || ref.uuid === uuid))
    throw new PoolProblem(...poolTaken(name, to.name));
}

async function refuseMissingBackend({ type, name }: PoolModel, to: HostSession): Promise<void> {
  const offered = await offeredTypes(to.require().connection);
  if (offered.find((one) => one.type === type)?.supported === false)
    throw new PoolProblem(...backendMissing(name, to.name, type));
}

/** What sees to the secret on the other host; undefined when nothing has to be done. */
async function askSecret(
  { name, host }: PoolNode,
  { auth }: PoolModel,
  to: HostSession,
): Promise<PlannedSetup['provideSecret'] | 'cancelled'> {
  const uuid = auth?.secret.uuid;
  if (uuid === undefined) return undefined;
  const here = { name: host.name, connection: host.require().connection };
  if (await findSecretByUuid({ name: to.name, connection: to.require().connection }, uuid)) return undefined;
  const [both, alone] = [t('Copy Pool and Secret'), t('Pool Alone')];
  const chosen = await confirmOneOf(
    t('The pool {0} logs in with a secret that {1} does not have. Copy the secret too?', name, to.name),
    t('It is defined there with the same UUID, and with the value that it has on {0}.', host.name),
    [both, alone],
  );
  if (chosen === undefined) return 'cancelled';
  if (chosen === alone) return undefined;
  return async (there, signal): Promise<SecretRef> =>
    copySecret(await lookupSecret(here.connection, uuid, { signal }), here, there, { signal });
}

/** Of storage that is a host's own, only the definition is copied: that may be a surprise. */
async function isAgreed({ name, host }: PoolNode, { type }: PoolModel, to: HostSession): Promise<boolean> {
  if (shared.includes(type)) return true;
  return confirm(
    t('Copy the definition of the pool {0} from {1} to {2}?', name, host.name, to.name),
    t(
      'Its storage is each host’s own: no volume is copied, and {0} uses what it has at the same place.',
      to.name,
    ),
    t('Copy Definition'),
  );
}
