import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { parseSize } from '../../../base/sizes.ts';
import { setInterfaceBandwidth } from '../../../libvirt/domainDevices.ts';
import { affectFlags } from '../../../operations/devices/effect.ts';
import { explainDeviceFailure } from '../../../operations/devices/deviceProblem.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { attachOrOffer } from './attachOrOffer.ts';
import { effectsOf, effectWords } from './deviceWork.ts';
import { exactSize } from './exactSize.ts';

export const setBandwidthCommand = objectCommand({
  id: 'libvirt.interface.setBandwidth',
  on: { kinds: ['interface'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, domain, host, device } = node;
    const title = t('Bandwidth of {0} of {1} on {2}', name, domain.name, host.name);
    const limits = await wizard(title, async (ask) => ({
      inbound: await askRate(
        ask,
        t('What the guest receives at most per second, such as 100M. Empty for no limit.'),
        device.inboundKiB,
      ),
      outbound: await askRate(
        ask,
        t('What it sends at most per second. Empty for no limit.'),
        device.outboundKiB,
      ),
    }));
    if (!limits) return;
    const isLimited = limits.inbound > 0 || limits.outbound > 0;
    await attachOrOffer(domain, services, {
      title: t('Limiting {0} of {1} on {2}', name, domain.name, host.name),
      effect: effectsOf(node)[0],
      work: async ({ connection, domain: ref }, effect, signal) => {
        try {
          await setInterfaceBandwidth(connection, ref, name, limits, affectFlags[effect], { signal });
        } catch (error) {
          throw explainDeviceFailure(
            error,
            t('{0} of {1} on {2} was not limited', name, domain.name, host.name),
          );
        }
      },
      done: (effect) => {
        const when = effectWords(effect);
        void vscode.window.showInformationMessage(
          isLimited
            ? t('{0} of {1} on {2} is limited: {3}.', name, domain.name, host.name, when)
            : t('{0} of {1} on {2} is not limited: {3}.', name, domain.name, host.name, when),
        );
      },
    });
  },
});

/** @returns KiB a second; 0 is no limit */
async function askRate(ask: Ask, prompt: string, value: number | undefined): Promise<number> {
  const parse = (text: string): number | undefined => {
    if (/^\s*0?\s*$/.test(text)) return 0;
    const bytes = parseSize(text);
    return bytes === undefined ? undefined : Math.ceil(bytes / 1024);
  };
  const text = await ask.text({
    prompt,
    value: value === undefined ? '' : exactSize(value * 1024),
    refusal: (given) =>
      parse(given) === undefined ? t('Write a size with its unit: 20G, 1.5 TiB, 512M.') : undefined,
  });
  return parse(text) ?? 0;
}
