import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { decodeFeatures } from '../../../ceph/rbdFeatures.ts';
import { needsInWords } from '../../../operations/images/features/featureChange.ts';
import { wizard } from '../../prompts/wizard.ts';
import type { GlobalCommand } from '../command.ts';

/** For what the kernel says: `image uses unsupported features: 0x38`. */
export const decodeFeaturesCommand: GlobalCommand = {
  id: 'libvirt.image.decodeFeatures',
  run: async () => {
    const mask = await wizard(t('Decode an RBD Feature Mask'), (ask) =>
      ask.text({
        prompt: t('The number that a client or the kernel says: 61, 0x38.'),
        placeholder: '0x38',
        refusal: (given) =>
          decodeFeatures(given) === undefined ? t('Write a decimal or a hexadecimal number.') : undefined,
      }),
    );
    const features = mask === undefined ? undefined : decodeFeatures(mask);
    if (mask === undefined || !features) return;
    const names = features.length === 0 ? t('none') : features.join(', ');
    void vscode.window.showInformationMessage(
      t('{0} is: {1}. An image with these {2}.', mask.trim(), names, needsInWords(features)),
    );
  },
};
