import { t } from '../../../base/l10n.ts';
import { confirm } from '../../prompts/confirm.ts';
import { writeHosts } from '../../settings/hostSettings.ts';
import { objectCommand } from '../command.ts';

export const removeHostCommand = objectCommand({
  id: 'libvirt.host.remove',
  on: { kinds: ['host'], traits: [] },
  run: async (node, { registry }) => {
    const agreed = await confirm(
      t('Remove {0} from the side bar?', node.name),
      t(
        'Nothing changes on the host itself: only its address ({0}) is forgotten here.',
        node.host.address.uri,
      ),
      t('Remove'),
    );
    if (!agreed) return;
    const hosts = registry.sessions
      .filter((session) => session !== node.host)
      .map(({ name, address }) => ({ uri: address.uri, name }));
    await writeHosts(hosts);
    registry.apply(hosts);
  },
});
