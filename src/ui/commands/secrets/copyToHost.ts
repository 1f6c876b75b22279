import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { compareSecret, readSecretValue } from '../../../operations/secrets/compareSecrets.ts';
import { copySecret } from '../../../operations/secrets/copySecret.ts';
import { purposeOf, type SecretHost } from '../../../operations/secrets/defineSecret.ts';
import { usageTypeName } from '../../../libvirt/secrets.ts';
import type { SecretNode } from '../../explorer/objects/secretNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askValue } from './askValue.ts';
import { ValueReader } from './valueReader.ts';

export const copySecretCommand = objectCommand({
  id: 'libvirt.secret.copyToHost',
  on: { kinds: ['secret'], traits: ['connected'] },
  run: async (node, services) => {
    const to = await askHost([node], services);
    if (to) await copyTo(node, to, services);
  },
  bulk: {
    title: (count) => t('Copying {0} secrets', count),
    prepare: async (nodes, services) => {
      const to = await askHost(nodes, services);
      if (!to) return undefined;
      return async ({ entry, host }, { connection }, signal) => {
        if (!entry) return;
        const [here, there] = [{ name: host.name, connection }, secretHost(to)];
        const compared = await compareSecret(entry.ref, here, there, { signal });
        if (compared.kind === 'same-use' && compared.values === 'same') return;
        await copySecret(entry.ref, here, there, { signal });
      };
    },
  },
});

/** Copies one secret, asking what has to be asked, and says what has been done. */
export async function copyTo(node: SecretNode, to: HostSession, services: CommandServices): Promise<void> {
  const { entry, name, host } = node;
  if (!entry) return;
  const { ref } = entry;
  const [here, there] = [secretHost(host), secretHost(to)];
  const compared = await compareSecret(ref, here, there);
  if (compared.kind === 'same-use' && compared.values === 'same') {
    void vscode.window.showInformationMessage(t('{0} has {1} already, with the same value.', to.name, name));
    return;
  }
  const replaceValue = compared.kind === 'same-use';
  const isLost = replaceValue && compared.values !== 'there-missing' && compared.values !== 'both-missing';
  if (isLost && !(await mayReplace(name, to))) return;
  const reader = new ValueReader();
  try {
    const own = await readSecretValue(here, ref);
    if (own.kind === 'set') own.bytes.fill(0);
    const value = own.kind === 'set' ? undefined : await askInstead(node, own.kind, to, reader);
    if (own.kind !== 'set' && !value) return;
    await onObject(
      node,
      services,
      { title: t('Copying the secret {0} to {1}', name, to.name) },
      (_host, signal) => copySecret(ref, here, there, { signal, value, replaceValue }),
    );
    to.inventory?.secrets.noteValue(ref.uuid, true);
    void vscode.window.showInformationMessage(
      t('{0} has the secret {1} now, with the same UUID and its value.', to.name, name),
    );
  } finally {
    await reader.wipe();
  }
}

export function secretHost(session: HostSession): SecretHost {
  return { name: session.name, connection: session.require().connection };
}

async function askHost(
  nodes: readonly SecretNode[],
  { registry }: CommandServices,
): Promise<HostSession | undefined> {
  const others = registry.sessions.filter(
    (session) => session.connected && !nodes.some(({ host }) => host === session),
  );
  if (others.length === 0) {
    void vscode.window.showInformationMessage(t('No other host is connected.'));
    return undefined;
  }
  const [node] = nodes;
  const title =
    node && nodes.length === 1
      ? t('Copy the Secret {0} of {1}', node.name, node.host.name)
      : t('Copy {0} Secrets', nodes.length);
  return wizard(title, (ask) =>
    ask.pick({
      placeholder: t('To which host?'),
      choices: others.map((session) => ({
        label: session.name,
        description: nodes.every(({ uuid }) => session.inventory?.secrets.entries.has(uuid))
          ? t('has it already')
          : undefined,
        value: session,
      })),
    }),
  );
}

function mayReplace(name: string, to: HostSession): Promise<boolean> {
  return confirm(
    t('Replace the value of {0} on {1}?', name, to.name),
    t('{0} has this secret, with another value or one that is not told. That value is lost.', to.name),
    t('Replace Value'),
  );
}

/** The value from elsewhere, where libvirt has none to give. */
async function askInstead(
  { entry, name, host }: SecretNode,
  why: 'none' | 'private',
  to: HostSession,
  reader: ValueReader,
): Promise<Buffer | undefined> {
  const title =
    why === 'private'
      ? t('{0} Is Private: Its Value Is Needed Again', name)
      : t('{0} Has No Value on {1}: One Is Needed', name, host.name);
  const purpose = purposeOf(usageTypeName(entry?.ref.usageType ?? 0));
  const answer = await wizard(title, (ask) =>
    askValue(ask, { session: to, reader, purpose, optional: false }),
  );
  return answer?.value;
}
