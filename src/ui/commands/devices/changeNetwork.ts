import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { updateAndVerify } from '../../../operations/devices/deviceChange.ts';
import { sourceChange } from '../../../operations/devices/networkCard.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { CardQuestions } from './askCardSource.ts';
import { sourceWords } from './attachCard.ts';
import { attachOrOffer } from './attachOrOffer.ts';
import { effectsOf, effectWords } from './deviceWork.ts';

export const changeNetworkCommand = objectCommand({
  id: 'libvirt.interface.changeNetwork',
  on: { kinds: ['interface'], traits: ['connected'] },
  run: async (node, services) => {
    const { name, domain, host } = node;
    const questions = new CardQuestions(host);
    const title = t('Network of {0} of {1} on {2}', name, domain.name, host.name);
    const source = await wizard(title, (ask) => questions.source(ask));
    if (!source) return;
    await attachOrOffer(domain, services, {
      title: t('Plugging {0} of {1} on {2} into {3}', name, domain.name, host.name, sourceWords(source)),
      effect: effectsOf(node)[0],
      work: (site, effect, signal) =>
        updateAndVerify(site, node.key, sourceChange(source), effect, { signal }),
      done: (effect) => {
        const where = sourceWords(source);
        const text = t(
          '{0} of {1} on {2} is on {3}: {4}.',
          name,
          domain.name,
          host.name,
          where,
          effectWords(effect),
        );
        void vscode.window.showInformationMessage(text);
      },
    });
  },
});
