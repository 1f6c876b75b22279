import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import type { Amount, Effect } from '../../../operations/domains/resources.ts';
import { setCpus, type CpusNow } from '../../../operations/domains/setCpus.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askEffect } from './askEffect.ts';
import { nextStart, resourcesOf } from './resourcesOf.ts';

export const setCpusCommand = objectCommand({
  id: 'libvirt.domain.setCpus',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const before = await resourcesOf(node);
    const [live, next] = [before.live?.vcpus, before.next?.vcpus];
    const answers = await wizard(t('CPUs of {0} on {1}', name, host.name), async (ask) => {
      const count = Number(
        await ask.text({
          prompt: promptFor(live, next),
          value: String((live ?? next)?.current ?? 1),
          refusal: (text) => refuseCount(text, entry.persistent ? undefined : live?.maximum),
        }),
      );
      const canLive = live !== undefined && count <= live.maximum;
      const effect = await askEffect(ask, { isOn: isActive(entry), isPersistent: entry.persistent, canLive });
      return { count, effect };
    });
    if (!answers) return;
    const { count, effect } = answers;
    const progress = { title: t('Changing the CPUs of {0} on {1}', name, host.name) };
    const now = await onObject(node, services, progress, ({ connection }, signal) =>
      setCpus(connection, entry.ref, count, effect, next, { signal }),
    );
    host.inventory?.domains.noteDefinition(node.uuid);
    void vscode.window.showInformationMessage(outcome(t('{0} on {1}', name, host.name), now, live, effect));
  },
});

function runsWith({ current, maximum }: Amount): string {
  return current === maximum
    ? t('It runs with {0} CPUs; more need a restart.', current)
    : t('It runs with {0} CPUs, and can have {1} without a restart.', current, maximum);
}

function promptFor(live: Amount | undefined, next: Amount | undefined): string {
  return sentences(live && runsWith(live), next && nextStart(String(next.current), String(next.maximum)));
}

function refuseCount(text: string, maximum: number | undefined): string | undefined {
  if (!/^[1-9][0-9]{0,3}$/.test(text.trim())) return t('A number of CPUs, from 1.');
  return maximum !== undefined && Number(text) > maximum ? t('At most {0}.', maximum) : undefined;
}

function outcome(name: string, now: CpusNow, before: Amount | undefined, { live, next }: Effect): string {
  const parts = [
    now.live && t('{0} runs with {1} CPUs now.', name, now.live.current),
    now.next && startsWith(name, now.next),
    before && next && !live ? t('Until then it runs with {0}.', before.current) : undefined,
  ];
  return sentences(...parts);
}

function startsWith(name: string, { current, maximum }: Amount): string {
  return current === maximum
    ? t('{0} starts with {1} CPUs.', name, current)
    : t('{0} starts with {1} CPUs, of at most {2}.', name, current, maximum);
}
