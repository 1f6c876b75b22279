import { randomUUID } from 'node:crypto';
import { t } from '../../../../../base/l10n.ts';
import { keyOf, type CephKey } from '../../../../../operations/secrets/keyring.ts';
import type { Ask } from '../../../../prompts/wizard.ts';
import { orTold, refuseKey } from '../../../secrets/askValue.ts';
import type { ValueReader } from '../../../secrets/valueReader.ts';
import type { PoolSite } from '../poolSite.ts';
import type { PlannedSecret } from '../secretPlan.ts';
import { cephSecrets, existingSecrets, keySources, newSecrets, type KeySource } from './cephSecretChoices.ts';

/** Which secret holds the key of the Ceph user: one of the host, or a new one with a key from somewhere. */
export async function askCephSecret(
  ask: Ask,
  site: PoolSite,
  user: string,
  reader: ValueReader,
): Promise<PlannedSecret> {
  const keyring = (await site.ceph()).keyrings.get(user);
  for (;;) {
    const { ref, key } = await ask.pick({
      placeholder: t('Which secret of {0} holds the key of client.{1}?', site.name, user),
      choices: async () => [...(await existingSecrets(site, user)), ...newSecrets(site.name, user, keyring)],
    });
    if (ref && key === undefined) return { uuid: ref.uuid, make: undefined, value: undefined };
    const source = ref ? await askKeySource(ask, site.name, user, keyring) : key;
    const value = await askKey(ask, { site, user, reader, keyring }, source);
    if (value && ref) return { uuid: ref.uuid, make: undefined, value };
    if (!value) continue;
    const make = { type: 'ceph', usageId: await askUsage(ask, site, user) } as const;
    return { uuid: randomUUID(), make, value };
  }
}

async function askUsage(ask: Ask, site: PoolSite, user: string): Promise<string> {
  const taken = cephSecrets(site).map(({ usageId }) => usageId);
  const usageId = await ask.text({
    prompt: t('Name of the new secret; no two Ceph secrets of a host have the same.'),
    value: freeUsage(`client.${user}`, taken),
    refusal: (text) => {
      if (text.trim() === '') return t('Give a name.');
      return taken.includes(text.trim()) ? t('{0} has a Ceph secret with this name.', site.name) : undefined;
    },
  });
  return usageId.trim();
}

function freeUsage(suggested: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? suggested : `${suggested} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

async function askKeySource(
  ask: Ask,
  host: string,
  user: string,
  keyring: string | undefined,
): Promise<KeySource> {
  return ask.pick({
    placeholder: t('The secret has no value yet. From where is the key of client.{0}?', user),
    choices: keySources(host, user, keyring).map(([value, label, detail]) => ({ label, detail, value })),
  });
}

interface Asked {
  readonly site: PoolSite;
  readonly user: string;
  readonly reader: ValueReader;
  readonly keyring: string | undefined;
}

/** undefined when there is none where it should be: the person has been told why. */
async function askKey(
  ask: Ask,
  { site, user, reader, keyring }: Asked,
  source: KeySource | undefined,
): Promise<Buffer | undefined> {
  if (source === 'typed') {
    const text = await ask.text({
      prompt: t('Key of client.{0}. libvirt keeps it on {1}; it is shown nowhere.', user, site.name),
      placeholder: 'AQ…==',
      secret: true,
      refusal: refuseKey,
    });
    return reader.cephKey(text);
  }
  const ofUser = async (reading: Promise<readonly CephKey[]>): Promise<Buffer> => keyOf(await reading, user);
  if (source === 'host' && keyring !== undefined)
    return orTold(keyring, ofUser(reader.keyringOnHost(site.host.transport, keyring)));
  const file = await ask.file({ title: t('Keyring with the key of client.{0}', user), openLabel: t('Use') });
  return orTold(file.fsPath, ofUser(reader.keyringFile(file.fsPath)));
}
