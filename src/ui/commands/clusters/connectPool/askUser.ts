import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { userChoices, type UserChoice } from '../../../../operations/connectPool/userChoices.ts';
import { clientIdOf, refuseUserName } from '../../../../operations/cephUsers/userName.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { ConnectSite } from './connectSite.ts';

const aNewOne = '';

/** Asks as whom libvirt logs in. A client that may not ask for users can only give its own identity on. */
export async function askUser(ask: Ask, site: ConnectSite, cephPool: string): Promise<string> {
  const users = await site.users();
  if (!users) return site.clientId;
  const used = await loginsOf(site);
  const choices = userChoices(users, cephPool, used);
  const chosen = await ask.pick({
    placeholder: t(
      'As which Ceph user does libvirt log in? It needs one that can use this pool and nothing more.',
    ),
    choices: [
      ...choices.filter(({ isAdmin }) => !isAdmin).map(choiceOf),
      {
        label: t('New Ceph user…'),
        detail: t('With “profile rbd” for the pool {0} alone.', cephPool),
        icon: new vscode.ThemeIcon('add'),
        value: aNewOne,
      },
      ...choices.filter(({ isAdmin }) => isAdmin).map(choiceOf),
    ],
  });
  if (chosen !== aNewOne) return chosen;
  const taken = new Set(users.map(({ entity }) => entity));
  const given = await ask.text({
    prompt: t('The name of the new Ceph user, without “client.”.'),
    value: taken.has('client.libvirt')
      ? `libvirt-${cephPool.replaceAll(/[^A-Za-z0-9_.-]/g, '-')}`
      : 'libvirt',
    refusal: (text) => refuseUserName(text, taken),
  });
  return clientIdOf(given);
}

/** By user: the storage pools that log in so, with their hosts. */
async function loginsOf(site: ConnectSite): Promise<ReadonlyMap<string, readonly string[]>> {
  const logins = new Map<string, string[]>();
  for (const { pool, session } of await site.over()) {
    if (!pool.auth) continue;
    const { username } = pool.auth;
    logins.set(username, [...(logins.get(username) ?? []), t('{0} on {1}', pool.name, session.name)]);
  }
  return logins;
}

function choiceOf({ user, reaches, isAdmin, usedBy }: UserChoice): Choice<string> {
  return {
    label: `client.${user}`,
    description: isAdmin
      ? t('may do anything in the cluster: too much for a host')
      : reaches
        ? t('may use this pool')
        : t('will be let use this pool as well'),
    detail: usedBy.length === 0 ? undefined : t('Used by {0}', usedBy.join(', ')),
    value: user,
  };
}
