import { t } from '../../../../base/l10n.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { backendAdvice } from '../../../../operations/pools/poolProblem.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { ConnectableHost, ConnectSite } from './connectSite.ts';

/** Asks which hosts; those that cannot are listed with the reason. @param ticked all, where none is given */
export async function askHosts(
  ask: Ask,
  site: ConnectSite,
  cephPool: string,
  ticked: readonly HostSession[] | undefined,
): Promise<readonly HostSession[]> {
  const hosts = await site.hosts();
  const over = (await site.over()).filter(({ pool }) => pool.cephPool === cephPool);
  const asked = (): Promise<readonly ConnectableHost[]> =>
    ask.pickMany({
      placeholder: t('Which hosts? All get the same secret.'),
      choices: hosts.map((value) => {
        const own = over.find(({ session }) => session === value.session);
        return {
          label: value.session.name,
          description: descriptionOf(value, own?.pool.name),
          detail: value.hasBackend === false ? backendAdvice('rbd') : undefined,
          value,
        };
      }),
      preselected: ({ session, hasBackend }) =>
        hasBackend !== false && (ticked === undefined || ticked.includes(session)),
      refusal: (chosen) => {
        if (chosen.length === 0) return t('Choose at least one.');
        const without = chosen.find(({ hasBackend }) => hasBackend === false);
        return without && t('{0} has no backend for RBD pools.', without.session.name);
      },
    });
  const [only] = hosts;
  const chosen = hosts.length === 1 && only && only.hasBackend !== false ? [only] : await asked();
  return chosen.map(({ session }) => session);
}

function descriptionOf({ hasBackend }: ConnectableHost, pool: string | undefined): string {
  if (hasBackend === false) return t('its libvirt has no backend for RBD pools');
  return pool === undefined ? '' : t('has it as {0}: what is missing is mended', pool);
}
