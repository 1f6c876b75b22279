import { t } from '../../base/l10n.ts';
import { domainCapabilitiesFor, domainKindOf } from '../domainKind.ts';
import type { HostKnowledge, KnownDomainCapabilities, KnownGuest } from '../hostKnowledge.ts';
import type { ValuePlace } from '../../xml/completion/knownValues.ts';
import { distinct, type FindValues, type ValueTable } from './place.ts';

/** What the host can be for the domain, if it has been asked for one like it. */
export function capabilitiesAt(
  { document }: ValuePlace,
  knowledge: HostKnowledge,
): KnownDomainCapabilities | undefined {
  const kind = domainKindOf(document);
  return kind && domainCapabilitiesFor(knowledge, kind);
}

function guestsFor({ document }: ValuePlace, { guests }: HostKnowledge): readonly KnownGuest[] | undefined {
  const architecture = domainKindOf(document)?.architecture;
  return guests?.filter((guest) => architecture === undefined || guest.architecture === architecture);
}

const machines: FindValues = (place, knowledge) => {
  const guests = guestsFor(place, knowledge);
  return (
    guests &&
    distinct(
      guests.flatMap(({ architecture, machines: names, aliases }) =>
        names.map((value) => {
          const canonical = aliases.get(value);
          const detail =
            canonical === undefined
              ? t('machine of {0}', architecture)
              : t('machine of {0}, now {1}', architecture, canonical);
          return { value, detail };
        }),
      ),
    )
  );
};

const architectures: FindValues = (_place, { guests }) =>
  guests &&
  distinct(
    guests.map(({ architecture, virtTypes }) => ({
      value: architecture,
      detail: t('architecture, by {0}', virtTypes.join(', ')),
    })),
  );

const virtTypes: FindValues = (_place, { guests, hostName }) =>
  guests &&
  distinct(
    guests.flatMap((guest) =>
      [...guest.virtTypes]
        .sort((a, b) => Number(b === 'kvm') - Number(a === 'kvm'))
        .map((value) => ({ value, detail: t('offered by {0}', hostName) })),
    ),
  );

const emulators: FindValues = (place, knowledge) =>
  guestsFor(place, knowledge)?.flatMap(({ emulator, architecture }) =>
    emulator === undefined ? [] : [{ value: emulator, detail: t('emulator of {0}', architecture) }],
  );

const cpuModels: FindValues = (place, knowledge) => {
  const capabilities = capabilitiesAt(place, knowledge);
  if (capabilities === undefined) return undefined;
  const { usable, unusable } = capabilities.cpuModels;
  const { hostName } = knowledge;
  return [
    ...usable.map((value) => ({ value, detail: t('CPU model, usable on {0}', hostName) })),
    ...unusable.map((value) => ({
      value,
      detail: t('CPU model, not usable on {0}', hostName),
      isLast: true,
    })),
  ];
};

const loaders: FindValues = (place, knowledge) =>
  capabilitiesAt(place, knowledge)?.firmwareLoaders.map((value) => ({
    value,
    detail: t('firmware on {0}', knowledge.hostName),
  }));

const domains: FindValues = (_place, { domains: known }) =>
  known?.map(({ name, isActive }) => ({
    value: name,
    detail: isActive ? t('domain, running') : t('domain, shut off'),
  }));

export const machineValues: ValueTable = new Map([
  ['os/type@machine', machines],
  ['os/type@arch', architectures],
  ['domain@type', virtTypes],
  ['devices/emulator', emulators],
  ['cpu/model', cpuModels],
  ['os/loader', loaders],
  ['domainsnapshot/domain/name', domains],
  ['driver/backenddomain@name', domains],
  ['backenddomain@name', domains],
]);
