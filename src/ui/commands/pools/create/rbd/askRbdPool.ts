import { t } from '../../../../../base/l10n.ts';
import { parseServers, refuseServers } from '../../../../../operations/pools/rbd/monitorList.ts';
import type { Ask } from '../../../../prompts/wizard.ts';
import { askPoolName } from '../askPool.ts';
import type { ValueReader } from '../../../secrets/valueReader.ts';
import type { PoolPlan } from '../poolPlan.ts';
import type { PoolSite } from '../poolSite.ts';
import { askCephSecret } from './askCephSecret.ts';
import { cephPoolChoices, clientChoices, monitorChoices } from './proposals.ts';

/** Ceph knows the user as `client.libvirt`; libvirt leaves the first word out. */
const prefix = 'client.';
/** What no Ceph user is called: it stands for no login at all. */
const noLogin = '';

export async function askRbdPool(ask: Ask, site: PoolSite, reader: ValueReader): Promise<PoolPlan> {
  const servers = parseServers(
    await ask.choiceOrText({
      placeholder: t('Ceph monitors, all of them. Choose, or type them with commas between.'),
      choices: () => monitorChoices(site),
      refusal: refuseServers,
    }),
  );
  const cephPool = await ask.choiceOrText({
    placeholder: t('Which pool in Ceph? Choose, or type its name.'),
    choices: () => cephPoolChoices(site, servers),
    refusal: (text) =>
      text.includes('/')
        ? t('libvirt cannot use a namespace of a Ceph pool: give the pool alone.')
        : undefined,
  });
  const user = await ask.choiceOrText({
    placeholder: t('As which Ceph user does libvirt log in? Choose, or type its name.'),
    choices: async () => [
      ...(await clientChoices(site, servers)),
      {
        label: t('Without a login'),
        description: t('only where cephx is switched off in the cluster'),
        value: noLogin,
      },
    ],
    describe: (text) => (text.startsWith(prefix) ? t('libvirt wants it without “client.”') : undefined),
    refusal: (text) =>
      /^[A-Za-z0-9_.-]+$/.test(withoutPrefix(text)) ? undefined : t('This is no name of a Ceph user.'),
  });
  const id = withoutPrefix(user);
  const secret = id === noLogin ? undefined : await askCephSecret(ask, site, id, reader);
  const name = await askPoolName(ask, site, cephPool);
  const login = secret && ({ type: 'ceph', username: id, secretUuid: secret.uuid } as const);
  return { pool: { type: 'rbd', name, servers, sourceName: cephPool, login }, secret };
}

function withoutPrefix(user: string): string {
  return user.startsWith(prefix) ? user.slice(prefix.length) : user;
}
