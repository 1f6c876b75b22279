import { timingSafeEqual } from 'node:crypto';
import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { setSecretValue, usageTypeName } from '../../../libvirt/secrets.ts';
import { readSecretValue } from '../../../operations/secrets/compareSecrets.ts';
import { purposeOf } from '../../../operations/secrets/defineSecret.ts';
import type { SecretNode } from '../../explorer/objects/secretNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askValue } from './askValue.ts';
import { usersInWords } from './usersInWords.ts';
import { ValueReader } from './valueReader.ts';

export const setSecretValueCommand = objectCommand({
  id: 'libvirt.secret.setValue',
  on: { kinds: ['secret'], traits: ['connected'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const { ref } = entry;
    const reader = new ValueReader();
    try {
      const purpose = purposeOf(usageTypeName(ref.usageType));
      const answer = await wizard(t('Value of {0} on {1}', name, host.name), (ask) =>
        askValue(ask, { session: host, reader, purpose, optional: false }),
      );
      const value = answer?.value;
      if (!value || !(await isReplaceable(node, value))) return;
      await onObject(
        node,
        services,
        { title: t('Setting the value of {0} on {1}', name, host.name) },
        ({ connection }, signal) => setSecretValue(connection, ref, value, { signal }),
      );
      host.inventory?.secrets.noteValue(ref.uuid, true);
      void vscode.window.showInformationMessage(t('The value of {0} is set on {1}.', name, host.name));
    } finally {
      await reader.wipe();
    }
  },
});

/** Whether there is no other value that would be lost, or it may be. */
async function isReplaceable(node: SecretNode, value: Buffer): Promise<boolean> {
  const { entry, name, host } = node;
  if (!entry) return false;
  const { connection } = host.require();
  const before = await readSecretValue({ name: host.name, connection }, entry.ref);
  if (before.kind === 'none') return true;
  if (before.kind === 'set') {
    const isSame = before.bytes.length === value.length && timingSafeEqual(before.bytes, value);
    before.bytes.fill(0);
    if (isSame) {
      void vscode.window.showInformationMessage(t('{0} on {1} has this value already.', name, host.name));
      return false;
    }
  }
  const users = await usersInWords(node);
  const consequence = [
    t('The value it has is lost. What uses it logs in with the new one from its next start on.'),
    ...(users === undefined ? [] : ['', users]),
  ].join('\n');
  return before.kind === 'set'
    ? confirm(t('Replace the value of {0} on {1}?', name, host.name), consequence, t('Replace Value'))
    : confirm(
        t('Set the value of {0} on {1}? It is private: whether it has one is not told.', name, host.name),
        consequence,
        t('Set Value'),
      );
}
