import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { refuseLibvirtPoolName } from '../../../../operations/connectPool/names.ts';
import type { PoolConnection } from '../../../../operations/connectPool/poolConnection.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';

export type Names = Pick<PoolConnection, 'poolName' | 'secretUsage' | 'autostart'>;

/** Shows what it will be called; Enter takes it, and each line can be changed first. */
export async function askNames(
  ask: Ask,
  proposed: Names,
  { cephPool, user, hosts }: { cephPool: string; user: string; hosts: readonly HostSession[] },
): Promise<Names> {
  let names = proposed;
  const taken = takenNames(hosts);
  for (;;) {
    const line = await ask.pick<keyof Names | 'plan'>({
      placeholder: t('Press Enter to see the plan, or choose what to change. Nothing is done yet.'),
      choices: lines(names, `${cephPool} · client.${user} · ${hosts.map(({ name }) => name).join(', ')}`),
    });
    switch (line) {
      case 'plan':
        return names;
      case 'autostart':
        names = { ...names, autostart: !names.autostart };
        break;
      case 'poolName': {
        const poolName = await ask.text({
          prompt: t(
            'What libvirt calls the pool, on all hosts. One that a host has over this Ceph pool keeps its name.',
          ),
          value: names.poolName,
          refusal: (text) => refuseLibvirtPoolName(text.trim(), taken),
        });
        names = { ...names, poolName: poolName.trim() };
        break;
      }
      case 'secretUsage': {
        const secretUsage = await ask.text({
          prompt: t('What the secret with the key is called. A host that has one of this name keeps it.'),
          value: names.secretUsage,
          refusal: (text) => (text.trim() === '' ? t('It needs a name.') : undefined),
        });
        names = { ...names, secretUsage: secretUsage.trim() };
      }
    }
  }
}

function lines(
  { poolName, secretUsage, autostart }: Names,
  what: string,
): readonly Choice<keyof Names | 'plan'>[] {
  return [
    { label: t('Show the Plan'), detail: what, value: 'plan', icon: new vscode.ThemeIcon('checklist') },
    { label: t('Storage pool in libvirt'), description: poolName, value: 'poolName' },
    { label: t('Secret'), description: secretUsage, value: 'secretUsage' },
    { label: t('Starts with the host'), description: autostart ? t('yes') : t('no'), value: 'autostart' },
  ];
}

function takenNames(hosts: readonly HostSession[]): ReadonlyMap<string, string> {
  return new Map(
    hosts.flatMap(({ name, inventory }) =>
      [...(inventory?.pools.entries.values() ?? [])].map(({ ref }) => [ref.name, name] as const),
    ),
  );
}
