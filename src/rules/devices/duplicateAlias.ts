import { t } from '../../base/l10n.ts';
import type { XmlElement } from '../../xml/document.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { attributeNamed, attributeValue, childNamed } from '../../xml/queries.ts';
import { writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, preferredFix } from '../finding.ts';
import { repetitionsAmong } from '../repetitions.ts';
import type { Rule } from '../rule.ts';

/** Two devices with one alias that a person chose. */
export const duplicateAlias: Rule = {
  id: 'duplicate-alias',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#devices',
  explanation: () =>
    t(
      'An alias that begins with ua- is kept and names one device; libvirt refuses a definition that has it twice ("non unique alias detected"). Other aliases it replaces with its own.',
    ),
  check(document) {
    return writtenDomainsOf(document).flatMap(({ devices }) =>
      repetitionsAmong(devices, aliasOf).flatMap(({ item, first, key }) => {
        const alias = childNamed(item, 'alias');
        const name = alias && attributeNamed(alias, 'name');
        if (alias === undefined || name === undefined) return [];
        return [
          findingOf(
            duplicateAlias,
            name.valueRange ?? name.range,
            t('A <{0}> has the alias {1} already: libvirt refuses the definition.', first.name, key),
            [preferredFix(t('Let libvirt choose the alias'), [removal(document.text, alias.range)])],
          ),
        ];
      }),
    );
  },
};

function aliasOf(device: XmlElement): string | undefined {
  const alias = childNamed(device, 'alias');
  const name = alias && attributeValue(alias, 'name');
  return name?.startsWith('ua-') === true ? name : undefined;
}
