import * as vscode from 'vscode';
import { t } from '../../../../base/l10n.ts';
import { rbdCaps, type RbdGrant } from '../../../../ceph/cephCaps.ts';
import type { CephUser } from '../../../../ceph/cephUsers.ts';
import type { CephCluster } from '../../../../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { capsInWords, isForDaemons } from '../../../../operations/cephUsers/capsInWords.ts';
import { clientIdOf, refuseUserName } from '../../../../operations/cephUsers/userName.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { askGrants } from '../../cephUsers/askGrants.ts';
import type { CommandServices } from '../../command.ts';
import type { GiftSite } from './giftSite.ts';

export interface GiftQuestion {
  readonly clusters: readonly CephCluster[];
  /** undefined: it is asked. */
  readonly session: HostSession | undefined;
  readonly siteOf: (cluster: CephCluster) => GiftSite;
  readonly services: CommandServices;
}

export interface GiftAnswers {
  readonly cluster: CephCluster;
  readonly site: GiftSite;
  readonly session: HostSession;
  /** What the cluster's files are called on the host. */
  readonly clusterName: string;
  readonly user: string;
  /** undefined: the user is there. */
  readonly newUserCaps: ReadonlyMap<string, string> | undefined;
}

export async function askGift(ask: Ask, question: GiftQuestion): Promise<GiftAnswers> {
  const { clusters, siteOf } = question;
  const [only] = clusters;
  const cluster =
    clusters.length === 1 && only
      ? only
      : await ask.pick<CephCluster>({
          placeholder: t('Which Ceph cluster?'),
          choices: clusters.map((value) => ({ label: value.name, description: value.id, value })),
        });
  const session = question.session ?? (await askHost(ask, cluster, question.services));
  const site = siteOf(cluster);
  const clusterName = await askClusterName(ask, site, session);
  return { cluster, site, session, clusterName, ...(await askUser(ask, site)) };
}

function askHost(ask: Ask, cluster: CephCluster, { registry }: CommandServices): Promise<HostSession> {
  const connected = registry.sessions.filter((session) => session.connected);
  const isClient = (session: HostSession): boolean => cluster.hosts.includes(session);
  return ask.pick<HostSession>({
    placeholder: t('Which host?'),
    choices: [...connected]
      .sort((a, b) => Number(isClient(a)) - Number(isClient(b)))
      .map((session) => ({
        label: session.name,
        description: isClient(session) ? t('is a client already: what is missing is mended') : undefined,
        value: session,
      })),
  });
}

/** Asks only where the usual place is taken by something else. */
async function askClusterName(ask: Ask, site: GiftSite, session: HostSession): Promise<string> {
  const usual = site.cluster.name;
  const path = configurationPath(usual);
  const { holds } = await site.place(session, path);
  if (holds !== 'other') return usual;
  const choice = await ask.pick<'replace' | 'name'>({
    placeholder: t('{0} has a {1} that is not for this cluster.', session.name, path),
    choices: [
      {
        label: t('Call this cluster something else there'),
        description: t('both can be used, by “--cluster”'),
        icon: new vscode.ThemeIcon('add'),
        value: 'name',
      },
      {
        label: t('Replace it'),
        description: t('what is there is kept beside it'),
        icon: new vscode.ThemeIcon('replace'),
        value: 'replace',
      },
    ],
  });
  if (choice === 'replace') return usual;
  const name = await ask.text({
    prompt: t('What shall the files of this cluster in /etc/ceph be called?'),
    value: `${usual}2`,
    refusal: (text) =>
      /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(text.trim())
        ? undefined
        : t('Letters, digits, _ and - are possible.'),
  });
  return name.trim();
}

export function configurationPath(clusterName: string): string {
  return `/etc/ceph/${clusterName}.conf`;
}

const aNewOne = '';

async function askUser(ask: Ask, site: GiftSite): Promise<Pick<GiftAnswers, 'user' | 'newUserCaps'>> {
  const { users } = await site.facts();
  if (!users) return { user: site.cluster.require().clientId, newUserCaps: undefined };
  const clients = users.filter((user) => user.entity.startsWith('client.') && !isForDaemons(user));
  const user = await ask.pick<string>({
    placeholder: t('As which Ceph user? It can do on the host what the user may.'),
    choices: [
      ...clients.filter((one) => !isAdmin(one)).map(choiceOf),
      { label: t('New Ceph user…'), icon: new vscode.ThemeIcon('add'), value: aNewOne },
      ...clients.filter(isAdmin).map(choiceOf),
    ],
  });
  if (user !== aNewOne) return { user, newUserCaps: undefined };
  const taken = new Set(users.map(({ entity }) => entity));
  const name = await ask.text({
    prompt: t('The name of the new Ceph user, without “client.”.'),
    refusal: (text) => refuseUserName(text, taken),
  });
  const grants: readonly RbdGrant[] = await askGrants(ask, site.choices, []);
  return { user: clientIdOf(name), newUserCaps: rbdCaps(grants) };
}

function isAdmin({ caps }: CephUser): boolean {
  return caps.get('mon') === 'allow *';
}

function choiceOf(user: CephUser): Choice<string> {
  return {
    label: user.entity,
    description: capsInWords(user.caps),
    detail: isAdmin(user) ? t('Whoever is root on the host can then do anything in the cluster.') : undefined,
    value: clientIdOf(user.entity),
  };
}
