import { t } from '../../base/l10n.ts';
import { openPlaces } from '../../libvirt/model/capabilityPlaces.ts';
import type { ElementView, KnownValues, ValuePlace } from '../../xml/completion/knownValues.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { capabilitiesAt } from './machineValues.ts';

/** What QEMU on the host has for the attribute, as its domain capabilities say. */
export function capabilityValues(place: ValuePlace, knowledge: HostKnowledge): KnownValues | undefined {
  const { element, attribute } = place;
  if (attribute === undefined) return undefined;
  const values = capabilitiesAt(place, knowledge)?.values;
  const key = keysOf(element, attribute).find((candidate) => values?.has(candidate));
  const listed = key === undefined ? undefined : values?.get(key);
  if (key === undefined || listed === undefined) return undefined;
  const { hostName } = knowledge;
  return {
    values: listed.map((value) => ({ value, detail: t('offered by QEMU on {0}', hostName) })),
    others: openPlaces.has(key) ? undefined : t('not offered by QEMU on {0}', hostName),
  };
}

/** The names that the capabilities have for the place: `disk/target@bus`, `hostdev[@mode=subsystem]@type`. */
function keysOf(element: ElementView, attribute: string): readonly string[] {
  const path: string[] = [];
  for (let at = element; at.parent !== undefined; at = at.parent) path.unshift(at.name);
  const below = (path[0] === 'devices' ? path.slice(1) : path).join('/');
  const mode = element.attribute('mode');
  return [`${below}@${attribute}`, ...(mode === undefined ? [] : [`${below}[@mode=${mode}]@${attribute}`])];
}
