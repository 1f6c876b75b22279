import { t } from '../../../base/l10n.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { setDomainText } from '../../../libvirt/domainMetadata.ts';
import { parseDomain } from '../../../libvirt/model/domain.ts';
import { DomainAffect } from '../../../libvirt/protocol/domainFlags.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

/** Title and description, of the domain as it runs and as it is defined. */
export const editTextsCommand = objectCommand({
  id: 'libvirt.domain.editTexts',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const { domains } = host.require().inventory;
    const before = entry.persistent
      ? await parseDomain(await domains.definition(node.uuid))
      : await domains.details(node.uuid);
    const texts = await wizard(t('Title and Description of {0} on {1}', name, host.name), async (ask) => ({
      title: await ask.text({
        prompt: t('Title: a few words beside the name. Empty for none.'),
        value: before.title,
      }),
      description: await ask.text({
        prompt: t('Description. Write “{0}” for a new line. Empty for none.', '\\n'),
        value: before.description?.replaceAll('\\', '\\\\').replaceAll('\n', '\\n'),
      }),
    }));
    if (!texts) return;
    const flags = (isActive(entry) ? DomainAffect.live : 0) | (entry.persistent ? DomainAffect.config : 0);
    const description = texts.description.replaceAll(/\\(.)/g, (escape, letter: string) =>
      letter === 'n' ? '\n' : letter === '\\' ? '\\' : escape,
    );
    const progress = { title: t('Changing the title and description of {0} on {1}', name, host.name) };
    await onObject(node, services, progress, async ({ connection }, signal) => {
      if (texts.title !== (before.title ?? ''))
        await setDomainText(connection, entry.ref, 'title', texts.title, flags, { signal });
      if (description !== (before.description ?? ''))
        await setDomainText(connection, entry.ref, 'description', description, flags, { signal });
    });
  },
});
