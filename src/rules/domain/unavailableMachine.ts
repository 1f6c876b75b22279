import { t } from '../../base/l10n.ts';
import { nearest } from '../../base/nearest.ts';
import { replaceValue } from '../../xml/attributeEdits.ts';
import { attributeNamed, textOf } from '../../xml/queries.ts';
import { choiceOf, findingOf, possibleFix } from '../finding.ts';
import type { KnownGuest } from '../hostKnowledge.ts';
import type { Finding, Rule } from '../rule.ts';
import { guestsFor } from './hostGuests.ts';
import { wholeDescendant, type WrittenDomain, writtenDomainsOf } from './writtenDomains.ts';

/** A machine type that QEMU on the host does not have. */
export const unavailableMachine: Rule = {
  id: 'unavailable-machine',
  severity: 'warning',
  documentationUrl: 'https://libvirt.org/formatdomain.html#bios-bootloader',
  explanation: () =>
    t(
      'A newer QEMU has newer machine types, and drops the oldest; distributions have some of their own (pc-q35-rhel9.4.0). libvirt refuses a definition with a machine that the host does not have ("does not support machine type"). An alias such as q35 takes the newest of the host.',
    ),
  check(document, knowledge) {
    return writtenDomainsOf(document).flatMap((domain): Finding[] => {
      const type = wholeDescendant(domain.element, 'os', 'type');
      const machine = type && attributeNamed(type, 'machine');
      const guests = guestsFor(domain, knowledge).filter((guest) => usesEmulatorOf(domain, guest));
      const offered = [...new Set(guests.flatMap(({ machines }) => machines))];
      if (knowledge === undefined || machine === undefined || machine.value === '' || offered.length === 0)
        return [];
      if (offered.includes(machine.value)) return [];
      return [
        findingOf(
          unavailableMachine,
          machine.valueRange ?? machine.range,
          t('QEMU on {0} does not offer the machine {1}.', knowledge.hostName, machine.value),
          choiceOf(
            replacementsFor(machine.value, offered).map((name) =>
              possibleFix(t('Use {0}', name), [replaceValue(document, machine, name)]),
            ),
          ),
        ),
      ];
    });
  },
};

function usesEmulatorOf({ devices }: WrittenDomain, { emulator }: KnownGuest): boolean {
  const written = devices.find(({ localName }) => localName === 'emulator');
  return written === undefined || emulator === undefined || textOf(written).trim() === emulator;
}

/** The alias of the family first, then the names that look most like it. */
function replacementsFor(machine: string, offered: readonly string[]): readonly string[] {
  const alias = machine.includes('q35')
    ? 'q35'
    : machine.startsWith('pc')
      ? 'pc'
      : machine.startsWith('virt')
        ? 'virt'
        : undefined;
  const aliases = offered.filter((name) => name === alias);
  return [...new Set([...aliases, ...nearest(machine, offered).slice(0, 3)])];
}
