import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { formatBytes, parseSize } from '../../../base/sizes.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import type { Amount, Effect } from '../../../operations/domains/resources.ts';
import { setDomainMemory, type MemoryNow } from '../../../operations/domains/setDomainMemory.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askEffect } from './askEffect.ts';
import { nextStart, resourcesOf } from './resourcesOf.ts';

const mib = 1024;

export const setMemoryCommand = objectCommand({
  id: 'libvirt.domain.setMemory',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const before = await resourcesOf(node);
    const [live, next] = [before.live?.memoryKiB, before.next?.memoryKiB];
    const answers = await wizard(t('Memory of {0} on {1}', name, host.name), async (ask) => {
      const text = await ask.text({
        prompt: promptFor(live, next),
        placeholder: t('4 GiB, 512 MiB'),
        value: exactly((live ?? next)?.current ?? mib),
        refusal: (typed) => refuseMemory(typed, entry.persistent ? undefined : live?.maximum),
      });
      const memoryKiB = kibIn(text) ?? mib;
      const canLive = live !== undefined && memoryKiB <= live.maximum;
      const effect = await askEffect(ask, { isOn: isActive(entry), isPersistent: entry.persistent, canLive });
      return { memoryKiB, effect };
    });
    if (!answers) return;
    const { memoryKiB, effect } = answers;
    const progress = { title: t('Changing the memory of {0} on {1}', name, host.name) };
    const now = await onObject(node, services, progress, ({ connection }, signal) =>
      setDomainMemory(connection, entry.ref, memoryKiB, effect, next, { signal }),
    );
    host.inventory?.domains.noteDefinition(node.uuid);
    const isIgnored = now.live !== undefined && Math.abs(now.live - memoryKiB) > mib;
    const show = isIgnored ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    void show(outcome(t('{0} on {1}', name, host.name), { now, live, memoryKiB, isIgnored, effect }));
  },
});

function inKib(kib: number): string {
  return formatBytes(kib * 1024);
}

/** Not rounded: accepting it changes nothing. */
function exactly(kib: number): string {
  if (kib % mib !== 0) return `${kib} KiB`;
  return kib % (mib * mib) === 0 ? `${kib / mib / mib} GiB` : `${kib / mib} MiB`;
}

/** A size as it is typed, in KiB; a number alone is in MiB. */
function kibIn(text: string): number | undefined {
  const bytes = parseSize(/^\s*[0-9]+\s*$/.test(text) ? `${text.trim()} MiB` : text);
  return bytes === undefined ? undefined : Math.floor(bytes / 1024);
}

function refuseMemory(text: string, maximum: number | undefined): string | undefined {
  const kib = kibIn(text);
  if (kib === undefined || kib < mib) return t('A size such as “4 GiB”, from 1 MiB.');
  return maximum !== undefined && kib > maximum ? t('At most {0}.', inKib(maximum)) : undefined;
}

function runsWith({ current, maximum }: Amount): string {
  return current === maximum
    ? t('It runs with {0}; more needs a restart.', inKib(current))
    : t('It runs with {0}, and can have {1} without a restart.', inKib(current), inKib(maximum));
}

function promptFor(live: Amount | undefined, next: Amount | undefined): string {
  return sentences(live && runsWith(live), next && nextStart(inKib(next.current), inKib(next.maximum)));
}

interface Change {
  readonly now: MemoryNow;
  readonly live: Amount | undefined;
  readonly memoryKiB: number;
  readonly isIgnored: boolean;
  readonly effect: Effect;
}

function outcome(name: string, { now, live, memoryKiB, isIgnored, effect }: Change): string {
  const has = now.live === undefined ? undefined : inKib(now.live);
  return sentences(
    has === undefined || isIgnored ? undefined : t('{0} runs with {1} now.', name, has),
    isIgnored && has !== undefined
      ? t(
          '{0} was asked to go to {1}, but its guest still has {2}: it may be slow, need that memory, or have no balloon driver.',
          name,
          inKib(memoryKiB),
          has,
        )
      : undefined,
    now.next && startsWith(name, now.next),
    live && effect.next && !effect.live ? t('Until then it runs with {0}.', inKib(live.current)) : undefined,
  );
}

function startsWith(name: string, { current, maximum }: Amount): string {
  return current === maximum
    ? t('{0} starts with {1}.', name, inKib(current))
    : t('{0} starts with {1}, of at most {2}.', name, inKib(current), inKib(maximum));
}
