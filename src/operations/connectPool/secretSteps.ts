import { timingSafeEqual } from 'node:crypto';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import {
  defineSecret,
  getSecretXml,
  lookupSecret,
  setSecretValue,
  undefineSecret,
} from '../../libvirt/secrets.ts';
import { virshCommand, virshDefine } from '../plan/planHost.ts';
import type { PlanStep } from '../plan/plan.ts';
import { standardInput } from '../plan/shell.ts';
import { readSecretValue, type SecretValue } from '../secrets/compareSecrets.ts';
import { createSecret, findSecretByUuid, secretXml, type NewSecret } from '../secrets/defineSecret.ts';
import { keyArgv, readClientKey } from './clientKey.ts';
import type { HostSide } from './hostSide.ts';
import type { PlanCluster } from './poolConnection.ts';
import { refuseUsedSecret } from './secretInUse.ts';

/** The secret on a host that holds the key of a Ceph user. */
export interface SecretUse extends Pick<HostSide, 'host' | 'secret'> {
  readonly cluster: PlanCluster;
  readonly user: string;
  /** Whether the cluster's client may ask for the keys of others. */
  readonly mayAskKeys: boolean;
  /** Domains name it already: undone, it is as they had it. Default false: then what domains use is not taken away. */
  readonly wasUsed?: boolean | undefined;
}

/** Defines the secret, with the UUID that it has on the other hosts. */
export function defineSecretStep(use: SecretUse): PlanStep {
  const {
    host,
    secret: { uuid, usage },
    user,
    cluster,
  } = use;
  const definition: NewSecret & { readonly uuid: string } = {
    uuid,
    usage: { type: 'ceph', id: usage },
    description: `client.${user}, Ceph ${cluster.name}`,
  };
  return {
    title: t('Define the secret {0}', usage),
    host: host.shell,
    commands: [virshDefine(host, 'secret-define', secretXml(definition))],
    isDone: async (options) =>
      (await findSecretByUuid(host, uuid, options))?.usageType === SecretUsageType.ceph,
    run: async (options) => {
      await createSecret(host, definition, undefined, options);
    },
    undo: {
      title: t('Remove the secret {0} from {1}', usage, host.name),
      commands: [virshCommand(host, ['secret-undefine', uuid])],
      run: async (options) => {
        const found = await findSecretByUuid(host, uuid, options);
        if (!found) return;
        if (use.wasUsed !== true) await refuseUsedSecret(host, uuid, options);
        await undefineSecret(host.connection, found, options);
      },
    },
  };
}

/** Gives the secret the user's key, where it has another value or none. No value is ever shown. */
export function setKeyStep(use: SecretUse): PlanStep {
  const { host, secret, cluster, user, mayAskKeys } = use;
  let before: SecretValue = { kind: 'none' };
  const find = (options: WaitOptions): Promise<SecretRef> =>
    lookupSecret(host.connection, secret.uuid, options);
  return {
    title: t('Give the secret {0} the key of client.{1}', secret.usage, user),
    host: host.shell,
    commands: [
      virshCommand(host, ['secret-set-value', secret.uuid, '--file', standardInput], {
        kind: 'program',
        argv: keyArgv(cluster.client, user, mayAskKeys),
        on: cluster.shell,
      }),
    ],
    isDone: async (options) => {
      before = await readSecretValue(host, await find(options), options);
      if (before.kind !== 'set') return false;
      const key = await readClientKey(cluster.client, user, options);
      const isSame = key.length === before.bytes.length && timingSafeEqual(key, before.bytes);
      key.fill(0);
      return isSame;
    },
    run: async (options) => {
      const key = await readClientKey(cluster.client, user, options);
      try {
        await setSecretValue(host.connection, await find(options), key, options);
      } finally {
        key.fill(0);
      }
      if (before.kind === 'set') options.note(t('it had another value'));
      if (before.kind === 'private')
        options.note(t('it is private: whether it had this value cannot be seen'));
    },
    undo: {
      title: t('Give the secret {0} on {1} back the value that it had', secret.usage, host.name),
      commands: [],
      run: async (options) => {
        const found = await findSecretByUuid(host, secret.uuid, options);
        if (!found || before.kind === 'private') return;
        if (use.wasUsed !== true) await refuseUsedSecret(host, secret.uuid, options);
        if (before.kind === 'set') await setSecretValue(host.connection, found, before.bytes, options);
        else await defineAnew(use, found, options);
      },
    },
  };
}

/** libvirt takes no value away: the secret is made again without one. */
async function defineAnew({ host }: SecretUse, found: SecretRef, options: WaitOptions): Promise<void> {
  const xml = await getSecretXml(host.connection, found, options);
  await undefineSecret(host.connection, found, options);
  await defineSecret(host.connection, xml, options);
}
