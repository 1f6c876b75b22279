import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { SecretUsageType } from '../../../libvirt/protocol/secret.ts';
import {
  createSecret,
  type NewSecret,
  type SecretPurpose,
} from '../../../operations/secrets/defineSecret.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { normalUuid } from '../../../xml/identity.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askValue, type AskedValue } from './askValue.ts';
import { ValueReader } from './valueReader.ts';

type Extra = 'uuid' | 'description' | 'private' | 'ephemeral';

interface Answers {
  readonly secret: NewSecret;
  readonly value: Buffer | undefined;
}

export const newSecretCommand = objectCommand({
  id: 'libvirt.secret.new',
  on: { kinds: ['host'], traits: ['connected'], groups: ['secrets'] },
  run: async (node, services) => {
    const { host } = node;
    const reader = new ValueReader();
    try {
      const answers = await wizard(t('New Secret on {0}', host.name), (ask) => askSecret(ask, host, reader));
      if (!answers) return;
      const { secret, value } = answers;
      const name = secret.usage?.id ?? secret.uuid ?? '';
      const ref = await onObject(
        node,
        services,
        { title: t('Defining the secret {0} on {1}', name, host.name) },
        ({ connection }, signal) => createSecret({ name: host.name, connection }, secret, value, { signal }),
      );
      host.inventory?.secrets.noteValue(ref.uuid, value !== undefined);
      void vscode.window.showInformationMessage(
        value
          ? t('The secret {0} is defined on {1} and has its value.', name, host.name)
          : t('The secret {0} is defined on {1}. It has no value yet.', name, host.name),
      );
    } finally {
      await reader.wipe();
    }
  },
});

async function askSecret(ask: Ask, session: HostSession, reader: ValueReader): Promise<Answers> {
  const purpose = await ask.pick<SecretPurpose>({ placeholder: t('What is it for?'), choices: purposes() });
  const value = await askValue(ask, { session, reader, purpose, optional: true });
  const id = await askName(ask, session, purpose, value);
  const extras = await ask.pickMany<Extra>({
    placeholder: t('Anything else? Mostly not.'),
    choices: extraChoices(),
  });
  const description = extras.includes('description')
    ? (await ask.text({ prompt: t('Description, for people') })).trim()
    : undefined;
  const uuid = extras.includes('uuid') ? await askUuid(ask, session) : undefined;
  return {
    value: value.value,
    secret: {
      ...{ uuid, description, usage: { type: purpose, id } },
      ...{ private: extras.includes('private'), ephemeral: extras.includes('ephemeral') },
    },
  };
}

function purposes(): readonly { label: string; description: string; value: SecretPurpose }[] {
  return [
    { label: 'ceph', description: t('key of a Ceph user, for RBD disks and pools'), value: 'ceph' },
    { label: 'iscsi', description: t('CHAP password of an iSCSI target'), value: 'iscsi' },
    { label: 'volume', description: t('passphrase of an encrypted volume'), value: 'volume' },
    {
      label: 'tls',
      description: t('passphrase of the key that QEMU encrypts its connections with'),
      value: 'tls',
    },
    { label: 'vtpm', description: t('passphrase of the state of a TPM'), value: 'vtpm' },
  ];
}

function extraChoices(): readonly { label: string; detail?: string; value: Extra }[] {
  return [
    {
      label: t('Choose its UUID'),
      detail: t('Hosts between which domains migrate need the same secret with the same UUID.'),
      value: 'uuid',
    },
    { label: t('A description'), value: 'description' },
    {
      label: t('Private'),
      detail: t('libvirt tells its value to nobody; it cannot be compared with or copied to other hosts.'),
      value: 'private',
    },
    {
      label: t('Ephemeral'),
      detail: t(
        'Kept in memory alone: it is gone when libvirt restarts, and domains that use it then do not start.',
      ),
      value: 'ephemeral',
    },
  ];
}

const namePrompts: Readonly<Record<SecretPurpose, () => string>> = {
  ceph: () => t('Its name. Disks and pools can refer to it by this or by its UUID.'),
  iscsi: () => t('Its name. Disks and pools can refer to it by this or by its UUID.'),
  volume: () => t('Path of the volume: libvirt finds the passphrase by it.'),
  tls: () => t('Its name, for people; qemu.conf refers to its UUID.'),
  vtpm: () => t('Its name, for people; the TPM refers to its UUID.'),
};

async function askName(
  ask: Ask,
  session: HostSession,
  purpose: SecretPurpose,
  { entity }: AskedValue,
): Promise<string> {
  const taken = new Set(
    [...(session.inventory?.secrets.entries.values() ?? [])]
      .filter(({ ref }) => ref.usageType === SecretUsageType[purpose])
      .map(({ ref }) => ref.usageId),
  );
  const name = await ask.text({
    prompt: namePrompts[purpose](),
    value: entity === undefined ? '' : free(entity, taken),
    refusal: (text) => {
      if (text.trim() === '') return t('Give a name.');
      return taken.has(text.trim()) ? t('{0} has a secret for this already.', session.name) : undefined;
    },
  });
  return name.trim();
}

function free(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

async function askUuid(ask: Ask, session: HostSession): Promise<string> {
  const text = await ask.text({
    prompt: t('UUID'),
    value: randomUUID(),
    refusal: (given) => {
      const uuid = normalUuid(given.trim());
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return t('This is not a UUID.');
      return session.inventory?.secrets.entries.has(uuid) === true
        ? t('{0} has a secret with this UUID.', session.name)
        : undefined;
    },
  });
  return normalUuid(text.trim());
}
