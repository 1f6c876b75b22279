import { t } from '../../../../base/l10n.ts';
import type { ScsiAdapter, StorageServer } from '../../../../operations/pools/newPool.ts';
import type { OfferedType } from '../../../../operations/pools/offeredTypes.ts';
import { formatServers, parseServers, refuseServers } from '../../../../operations/pools/rbd/monitorList.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { ValueReader } from '../../secrets/valueReader.ts';
import { askPoolName, askServer } from './askPool.ts';
import { askChapLogin } from './askChapLogin.ts';
import type { PoolPlan } from './poolPlan.ts';
import type { PoolSite } from './poolSite.ts';

const iscsiPort = 3260;
/** Where udev names disks by how they are attached, which is the same after a restart. */
const byPath = '/dev/disk/by-path';

export async function askIscsiPool(
  ask: Ask,
  site: PoolSite,
  _offered: OfferedType,
  reader: ValueReader,
): Promise<PoolPlan> {
  const { server, target } = await askTarget(ask, site, true);
  const { login, secret } = await askChapLogin(ask, site, target, reader);
  const name = await askPoolName(ask, site, shortName(target));
  return {
    pool: { type: 'iscsi', name, servers: [server], devices: [target], login, targetPath: byPath },
    secret,
  };
}

export async function askIscsiDirectPool(
  ask: Ask,
  site: PoolSite,
  _offered: OfferedType,
  reader: ValueReader,
): Promise<PoolPlan> {
  const { server, target } = await askTarget(ask, site, false);
  const initiator = await ask.text({
    prompt: t('Name under which QEMU logs in (initiator IQN), as the target allows it'),
    placeholder: 'iqn.1993-08.org.debian:01:kvm1',
    refusal: refuseIqn,
  });
  const { login, secret } = await askChapLogin(ask, site, target, reader);
  const name = await askPoolName(ask, site, shortName(target));
  return {
    pool: {
      ...{ type: 'iscsi-direct', name, servers: [server], devices: [target] },
      ...{ initiator: initiator.trim(), login },
    },
    secret,
  };
}

interface Target {
  readonly server: StorageServer;
  readonly target: string;
}

async function askTarget(ask: Ask, site: PoolSite, canList: boolean): Promise<Target> {
  const server = await askServer(ask, t('Name or address of the iSCSI portal'), iscsiPort);
  const target = await ask.choiceOrText({
    placeholder: t('Target (IQN). Choose or type.'),
    choices: canList
      ? async () =>
          (await site.sources('iscsi', [server]))
            .flatMap(({ devices }) => devices)
            .map((device) => ({ label: device, value: device }))
      : [],
    refusal: refuseIqn,
  });
  return { server, target };
}

function refuseIqn(text: string): string | undefined {
  return /^iqn\.[0-9]{4}-(0[1-9]|1[0-2])\.[a-zA-Z0-9.-]+(:.+)?$/.test(text.trim())
    ? undefined
    : t('Give an IQN such as iqn.2026-01.com.example:vms.');
}

/** `vms` of `iqn.2026-01.com.example:vms`. */
function shortName(iqn: string): string {
  return iqn.split(':').at(-1) ?? iqn;
}

export async function askGlusterPool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const servers = parseServers(
    await ask.text({
      prompt: t('Names or addresses of the Gluster servers'),
      placeholder: 'gluster1, gluster2',
      refusal: refuseServers,
    }),
  );
  const sourceName = await ask.choiceOrText({
    placeholder: t('Gluster volume. Choose or type.'),
    choices: async () =>
      (await site.sources('gluster', servers.slice(0, 1)))
        .flatMap(({ name }) => name ?? [])
        .map((volume) => ({ label: volume, description: formatServers(servers), value: volume })),
    refusal: (text) => (text.includes('/') ? t('Give the name of the volume alone.') : undefined),
  });
  const directory = await ask.text({
    prompt: t('Folder in the volume; its files are the volumes of the pool'),
    value: '/',
    refusal: (text) => (text.startsWith('/') ? undefined : t('Give the whole path, beginning with “/”.')),
  });
  const name = await askPoolName(ask, site, sourceName);
  return { pool: { type: 'gluster', name, servers, sourceName, directory } };
}

export async function askScsiPool(ask: Ask, site: PoolSite): Promise<PoolPlan> {
  const adapter = await ask.choiceOrText({
    placeholder: t('Which host adapter? Choose, or type its name, such as scsi_host2.'),
    choices: async () => {
      const all = await site.adapters();
      return [
        ...all.map(({ name, isFibreChannel }) => ({
          label: name,
          description: isFibreChannel ? 'Fibre Channel' : undefined,
          value: name,
        })),
        ...all
          .filter(({ hasVirtualPorts }) => hasVirtualPorts)
          .map(({ name }) => ({ label: t('A new virtual port on {0}…', name), value: virtualPort + name })),
      ];
    },
    refusal: (text) => (/^(?:scsi_)?host\d+$/.test(text) ? undefined : t('Give a name such as scsi_host2.')),
  });
  const source: ScsiAdapter = adapter.startsWith(virtualPort)
    ? await askVirtualPort(ask, adapter.slice(virtualPort.length))
    : { type: 'scsi_host', name: adapter };
  const name = await askPoolName(ask, site, source.type === 'scsi_host' ? source.name : 'fibre-channel');
  return { pool: { type: 'scsi', name, adapter: source, targetPath: byPath } };
}

const virtualPort = '\n';

async function askVirtualPort(ask: Ask, parent: string): Promise<ScsiAdapter> {
  const askWwn = (prompt: string): Promise<string> =>
    ask.text({
      prompt,
      placeholder: '20000000c9831b4b',
      refusal: (text) =>
        /^(0x)?[0-9a-fA-F]{16}$/.test(text.trim()) ? undefined : t('A WWN has 16 hexadecimal digits.'),
    });
  const wwnn = (await askWwn(t('Node name (WWNN) of the virtual port'))).trim();
  const wwpn = (await askWwn(t('Port name (WWPN) of the virtual port'))).trim();
  return { type: 'fc_host', parent, wwnn, wwpn };
}
