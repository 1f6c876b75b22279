import { t } from '../../base/l10n.ts';
import { removal } from '../../xml/fixes/removal.ts';
import { setAttribute } from '../devices/attributeFixes.ts';
import { findingOf, possibleFix, preferredFix } from '../finding.ts';
import type { Finding, Rule } from '../rule.ts';
import { firmwareOf } from './firmware.ts';
import { writtenDomainsOf } from './writtenDomains.ts';

/** A place for UEFI's variables, and no UEFI. */
export const nvramWithoutUefi: Rule = {
  id: 'nvram-without-uefi',
  severity: 'error',
  documentationUrl: 'https://libvirt.org/formatdomain.html#bios-bootloader',
  explanation: () =>
    t(
      '<nvram> keeps the variables of UEFI, such as its boot entries. libvirt refuses it without <loader> or firmware="efi" ("no loader path specified and firmware auto selection disabled"), and with firmware="bios".',
    ),
  check(document) {
    return writtenDomainsOf(document)
      .filter(({ isQemu }) => isQemu)
      .flatMap((domain): Finding[] => {
        const firmware = firmwareOf(domain);
        if (firmware?.nvram === undefined) return [];
        const { os, nvram, loader, chosen } = firmware;
        const isRefused = chosen === 'bios' || (chosen === undefined && loader === undefined);
        if (!isRefused) return [];
        const message =
          chosen === 'bios'
            ? t('A BIOS has no <nvram>: libvirt refuses the definition.')
            : t('<nvram> needs a <loader>, or firmware="efi" in <os>: libvirt refuses the definition.');
        return [
          findingOf(nvramWithoutUefi, nvram.nameRange, message, [
            preferredFix(t('Let libvirt choose a UEFI image'), [
              setAttribute(document, os, 'firmware', 'efi'),
            ]),
            possibleFix(t('Remove <{0}>', 'nvram'), [removal(document.text, nvram.range)]),
          ]),
        ];
      });
  },
};
