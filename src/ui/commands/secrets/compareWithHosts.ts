import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { usageTypeName } from '../../../libvirt/secrets.ts';
import {
  compareSecret,
  type ComparedValues,
  type SecretComparison,
} from '../../../operations/secrets/compareSecrets.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { copyTo, secretHost } from './copyToHost.ts';

interface Verdict {
  readonly icon: 'check' | 'warning' | 'question' | 'circle-slash';
  readonly text: string;
  /** Whether copying would make it the same. */
  readonly copyable: boolean;
}

interface HostItem extends vscode.QuickPickItem {
  readonly session: HostSession;
  readonly copyable: boolean;
}

/** Says for each other connected host whether it has the same secret with the same value; values are shown nowhere. */
export const compareSecretCommand = objectCommand({
  id: 'libvirt.secret.compareWithHosts',
  on: { kinds: ['secret'], traits: ['connected'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const others = services.registry.sessions.filter((other) => other !== host && other.connected);
    if (others.length === 0) {
      void vscode.window.showInformationMessage(t('No other host is connected.'));
      return;
    }
    const items = await onObject(
      node,
      services,
      { title: t('Comparing {0} of {1} with other hosts', name, host.name) },
      (_host, signal) =>
        Promise.all(
          others.map(async (session): Promise<HostItem> => {
            const verdict = await verdictOn(entry.ref, host, session, signal);
            const label = `$(${verdict.icon}) ${session.name}`;
            return { label, description: verdict.text, session, copyable: verdict.copyable };
          }),
        ),
    );
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('{0} of {1} on Other Hosts', name, host.name),
      placeHolder: t('Choose a host to copy the secret there'),
      matchOnDescription: true,
    });
    if (chosen?.copyable) await copyTo(node, chosen.session, services);
  },
});

async function verdictOn(
  ref: SecretRef,
  here: HostSession,
  there: HostSession,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    return verdictOf(await compareSecret(ref, secretHost(here), secretHost(there), { signal }));
  } catch (error) {
    if (signal.aborted) throw error;
    return { icon: 'question', text: messageOf(error), copyable: false };
  }
}

function verdictOf(comparison: SecretComparison): Verdict {
  switch (comparison.kind) {
    case 'absent':
      return { icon: 'circle-slash', text: t('has no secret with this UUID'), copyable: true };
    case 'other-use': {
      const { usageType, usageId } = comparison.other;
      const use = usageId === '' ? usageTypeName(usageType) : `${usageTypeName(usageType)} “${usageId}”`;
      return {
        ...{ icon: 'warning', copyable: false },
        text: t('has another secret with this UUID, for {0}', use),
      };
    }
    case 'same-use':
      return verdictOnValues(comparison.values);
  }
}

function verdictOnValues(values: ComparedValues): Verdict {
  switch (values) {
    case 'same':
      return { icon: 'check', text: t('same use, same value'), copyable: false };
    case 'different':
      return { icon: 'warning', text: t('same use, another value'), copyable: true };
    case 'there-missing':
      return { icon: 'warning', text: t('same use, no value there'), copyable: true };
    case 'here-missing':
      return { icon: 'warning', text: t('same use, has a value where this one has none'), copyable: false };
    case 'both-missing':
      return { icon: 'warning', text: t('same use, neither has a value'), copyable: true };
    case 'unknown':
      return {
        icon: 'question',
        text: t('same use; the value is private and cannot be compared'),
        copyable: true,
      };
  }
}
