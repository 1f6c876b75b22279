import { t } from '../../../base/l10n.ts';
import { parseSize } from '../../../base/sizes.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** Asks how fast a job may be. @returns bytes a second; 0 is no limit */
export async function askBandwidth(ask: Ask): Promise<number> {
  const parse = (text: string): number | undefined => (/^\s*0?\s*$/.test(text) ? 0 : parseSize(text));
  const text = await ask.text({
    prompt: t(
      'At most how much per second? 100M, 1 GiB. Empty for as fast as it can: the guest may be slower then.',
    ),
    placeholder: t('no limit'),
    refusal: (given) =>
      parse(given) === undefined ? t('Write a size with its unit: 20G, 1.5 TiB, 512M.') : undefined,
  });
  return parse(text) ?? 0;
}
