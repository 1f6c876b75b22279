import { randomUUID } from 'node:crypto';
import { t } from '../../../../base/l10n.ts';
import { usageTypeName } from '../../../../libvirt/secrets.ts';
import type { PoolLogin } from '../../../../operations/pools/newPool.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { ValueReader } from '../../secrets/valueReader.ts';
import type { PoolSite } from './poolSite.ts';
import type { PlannedSecret } from './secretPlan.ts';

export interface ChapLogin {
  readonly login?: PoolLogin | undefined;
  readonly secret?: PlannedSecret | undefined;
}

/** Whether and how an iSCSI target is logged in to with CHAP. */
export async function askChapLogin(
  ask: Ask,
  site: PoolSite,
  target: string,
  reader: ValueReader,
): Promise<ChapLogin> {
  const known = [...site.host.inventory.secrets.entries.values()].filter(
    ({ ref }) => usageTypeName(ref.usageType) === 'iscsi',
  );
  const chosen = await ask.pick({
    placeholder: t('How does the host log in to the target?'),
    choices: [
      { label: t('Without a password'), value: 'none' },
      { label: t('With CHAP, a new secret'), value: 'new' },
      ...known.map(({ ref }) => ({
        label: t('With CHAP, the secret {0}', ref.usageId),
        description: ref.uuid,
        value: ref.uuid,
      })),
    ],
  });
  if (chosen === 'none') return {};
  const username = await ask.text({
    prompt: t('User name for CHAP'),
    refusal: (text) => (text.trim() === '' ? t('Give a name.') : undefined),
  });
  const login = (secretUuid: string): PoolLogin => ({
    type: 'chap',
    username: username.trim(),
    secretUuid,
  });
  if (chosen !== 'new') return { login: login(chosen) };
  const password = await ask.text({
    prompt: t('Password for CHAP. libvirt keeps it in a secret on {0}; it is shown nowhere.', site.name),
    secret: true,
    refusal: (text) => (text === '' ? t('Give the password.') : undefined),
  });
  const used = new Set(known.map(({ ref }) => ref.usageId));
  const usageId = used.has(target) ? `${target} ${username.trim()}` : target;
  const uuid = randomUUID();
  const make = { type: 'iscsi', usageId } as const;
  return { login: login(uuid), secret: { uuid, make, value: await reader.text(password) } };
}
