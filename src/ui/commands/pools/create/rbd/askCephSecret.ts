import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf, Problem } from '../../../../../base/errors.ts';
import { t } from '../../../../../base/l10n.ts';
import { sentences } from '../../../../../base/sentences.ts';
import { decodeCephKey } from '../../../../../operations/secrets/cephKey.ts';
import type { Ask } from '../../../../prompts/wizard.ts';
import type { PoolSite } from '../poolSite.ts';
import type { PlannedSecret } from '../secretPlan.ts';
import type { KeyReader } from './cephKeys.ts';
import { cephSecrets, existingSecrets, keySources, newSecrets, type KeySource } from './cephSecretChoices.ts';

/** Which secret holds the key of the Ceph user: one of the host, or a new one with a key from somewhere. */
export async function askCephSecret(
  ask: Ask,
  site: PoolSite,
  user: string,
  keys: KeyReader,
): Promise<PlannedSecret> {
  const keyring = (await site.ceph()).keyrings.get(user);
  for (;;) {
    const { ref, key } = await ask.pick({
      placeholder: t('Which secret of {0} holds the key of client.{1}?', site.name, user),
      choices: async () => [...(await existingSecrets(site, user)), ...newSecrets(site.name, user, keyring)],
    });
    if (ref && key === undefined) return { uuid: ref.uuid, make: undefined, value: undefined };
    const source = ref ? await askKeySource(ask, site.name, user, keyring) : key;
    const value = await askKey(ask, { site, user, keys, keyring }, source);
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
  readonly keys: KeyReader;
  readonly keyring: string | undefined;
}

/** undefined when there is none where it should be: the person has been told why. */
async function askKey(
  ask: Ask,
  { site, user, keys, keyring }: Asked,
  source: KeySource | undefined,
): Promise<Buffer | undefined> {
  if (source === 'typed') {
    const text = await ask.text({
      prompt: t('Key of client.{0}. libvirt keeps it on {1}; it is shown nowhere.', user, site.name),
      placeholder: 'AQ…==',
      secret: true,
      refusal: refuseKey,
    });
    return keys.fromText(text);
  }
  if (source === 'host' && keyring !== undefined)
    return orTold(keyring, keys.fromHost(site.host.transport, keyring, user));
  const file = await ask.file({ title: t('Keyring with the key of client.{0}', user), openLabel: t('Use') });
  return orTold(file.fsPath, keys.fromFile(file.fsPath, user));
}

async function orTold(path: string, key: Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await key;
  } catch (error) {
    tellOnce(path, error);
    return undefined;
  }
}

/** Errors of files that have been told; the questions run again when somebody goes back. */
const told = new WeakSet();

function tellOnce(path: string, error: unknown): void {
  if (!(error instanceof Error) || told.has(error)) return;
  told.add(error);
  const advice = error instanceof Problem ? error.advice : undefined;
  void vscode.window.showErrorMessage(sentences(t('{0}: {1}', path, messageOf(error)), advice));
}

function refuseKey(text: string): string | undefined {
  if (text === '') return t('Give the key.');
  try {
    decodeCephKey(text).fill(0);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
