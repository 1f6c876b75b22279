import type { XmlElement } from '../document.ts';
import { deviceDescribers } from './describers/devices.ts';
import { machineDescribers } from './describers/machine.ts';
import { networkDescribers } from './describers/network.ts';
import { rootDescribers } from './describers/roots.ts';
import { storageDescribers } from './describers/storage.ts';
import { type Describer, type Description, filled, lineOf } from './description.ts';

const describers: ReadonlyMap<string, readonly Describer[]> = groupedByName([
  rootDescribers,
  machineDescribers,
  storageDescribers,
  deviceDescribers,
  networkDescribers,
]);

/** Describes an element of any document: as what it is, or else by the first of its attributes and its text. */
export function describe(element: XmlElement): Description {
  if (isSecret(element.localName)) return {};
  const special = element.namespace === '' ? (describers.get(element.localName) ?? []) : [];
  for (const describer of special) {
    const description = describer(element);
    if (description?.id !== undefined || description?.detail !== undefined) return description;
  }
  return describePlainly(element);
}

/** Attributes that name one of several, in the order in which they count. */
const naming = ['name', 'dev', 'id', 'key', 'index', 'cpu', 'vcpu'];

function describePlainly(element: XmlElement): Description {
  const shown = element.attributes.filter(
    ({ localName, name, prefix }) => prefix !== 'xmlns' && name !== 'xmlns' && !isSecret(localName),
  );
  const name = naming.flatMap((known) => shown.find(({ localName }) => localName === known) ?? [])[0];
  const other = shown.find((attribute) => attribute !== name && attribute.localName !== 'unit');
  const detail = lineOf(element) ?? filled(other?.value);
  return {
    id: filled(name?.value),
    detail: detail !== undefined && holdsSecret(detail) ? undefined : detail,
  };
}

/** What is told to nobody who looks over a shoulder: passwords of graphics and storage, cookies of web servers. */
function isSecret(name: string): boolean {
  return /^passw|^cookies?$/i.test(name);
}

/** An argument of QEMU that brings a password or a key with it. */
function holdsSecret(value: string): boolean {
  return /passw|\bsecret\b.*\bdata=/i.test(value);
}

function groupedByName(tables: readonly Readonly<Record<string, Describer>>[]): Map<string, Describer[]> {
  const grouped = new Map<string, Describer[]>();
  for (const [name, describer] of tables.flatMap((table) => Object.entries(table))) {
    grouped.set(name, [...(grouped.get(name) ?? []), describer]);
  }
  return grouped;
}
