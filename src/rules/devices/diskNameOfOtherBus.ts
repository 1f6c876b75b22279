import { t } from '../../base/l10n.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed, childNamed } from '../../xml/queries.ts';
import { busOf, devicesNamed, writtenDomainsOf } from '../domain/writtenDomains.ts';
import { findingOf, possibleFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { freeTarget, prefixForBus } from './diskNames.ts';

/** A disk whose name is that of another bus. */
export const diskNameOfOtherBus: Rule = {
  id: 'disk-name-of-other-bus',
  severity: 'information',
  documentationUrl: 'https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms',
  explanation: () =>
    t(
      'The guest names disks itself, by their bus: a disk with bus="sata" shows up as sda, whatever dev says. libvirt accepts it, and uses the name in its own commands. Most often one of the two was changed and the other forgotten.',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain) =>
        devicesNamed(domain, 'disk').flatMap((disk): Finding[] => {
          const target = childNamed(disk, 'target');
          const name = target && attributeNamed(target, 'dev');
          const bus = busOf(disk) ?? '';
          const expected = prefixForBus(bus);
          const written = /^(vd|hd|fd|sd|xvd|ubd)[a-z]+$/.exec(name?.value ?? '')?.[1];
          if (name === undefined || expected === undefined || written === undefined) return [];
          if (written === expected) return [];
          const free = freeTarget(expected, devicesNamed(domain, 'disk'));
          return [
            findingOf(
              diskNameOfOtherBus,
              name.valueRange ?? name.range,
              t('Disks with bus="{0}" are called {1}... in the guest, not {2}.', bus, expected, name.value),
              [possibleFix(t('Call it {0}', free), [replaceValue(document, name, free)])],
            ),
          ];
        }),
      );
  },
};
