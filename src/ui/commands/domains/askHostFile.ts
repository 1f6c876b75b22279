import { t } from '../../../base/l10n.ts';
import { isOnHost, refuseHostPath } from '../../../operations/domains/hostFile.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { confirm } from '../../prompts/confirm.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** Asks for the path of a file on the host. */
export function askHostFile(ask: Ask, prompt: string, value: string): Promise<string> {
  return ask.text({ prompt, value, refusal: refuseHostPath });
}

/** libvirt writes over what is there: asks before, also where it cannot be seen. @returns whether to go on */
export async function mayWrite(host: HostSession, path: string): Promise<boolean> {
  const isThere = await isOnHost(host.require().transport, path);
  if (isThere === false) return true;
  return confirm(
    t('Write over {0} on {1}?', path, host.name),
    isThere
      ? t('There is such a file already. What is in it is lost.')
      : t(
          'This account cannot see whether there is such a file already. If there is, what is in it is lost.',
        ),
    t('Write Over'),
  );
}
