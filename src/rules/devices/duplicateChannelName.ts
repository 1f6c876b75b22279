import { t } from '../../base/l10n.ts';
import type { XmlElement } from '../../xml/document.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, possibleFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Rule } from '../rule.ts';

/** Two virtio channels with one name. */
export const duplicateChannelName: Rule = {
  id: 'duplicate-channel-name',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#channel',
  explanation: () =>
    t(
      'The guest opens a virtio channel by its name (org.qemu.guest_agent.0). libvirt accepts a name twice, and QEMU then does not start: "A port already exists by name".',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) =>
        repetitionsAmong(devicesNamed(domain, 'channel'), nameOf).flatMap(({ item, key }) => {
          const target = childNamed(item, 'target');
          const name = target && attributeNamed(target, 'name');
          if (name === undefined) return [];
          return [
            findingOf(
              duplicateChannelName,
              name.valueRange ?? name.range,
              t('Another channel is called {0} already: QEMU refuses to start.', key),
              [possibleFix(t('Remove this channel'), [removal(document.text, item.range)])],
            ),
          ];
        }),
      );
  },
};

function nameOf(channel: XmlElement): string | undefined {
  const target = childNamed(channel, 'target');
  if (target === undefined || attributeValue(target, 'type') !== 'virtio') return undefined;
  const name = attributeValue(target, 'name');
  return name === '' ? undefined : name;
}
