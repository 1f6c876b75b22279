import type { XmlDocument, XmlElement } from '../document.ts';
import {
  attributeNamed,
  attributeValue,
  childElements,
  childNamed,
  elementsOf,
  textOf,
  textRangeOf,
} from '../queries.ts';
import {
  atAttribute,
  atElement,
  atElementLacking,
  atRoot,
  atRootChild,
  atText,
  atToken,
  elementsNamed,
  type MaybePlace,
} from './places.ts';

type Finder = (document: XmlDocument, ...groups: readonly string[]) => MaybePlace;

/**
 * libvirt's sentences that name an element or attribute in their own way, and where they belong. Taken from what
 * libvirt 9.0 answers to faulty documents; the first that matches and finds something counts.
 */
const sentences: readonly (readonly [RegExp, Finder])[] = [
  [
    /Invalid value for attribute '([^']+)' in element '([^']+)': '(.*)'(?:\.|$)/s,
    (document, attribute, element, value) => atAttribute(document, element, attribute, value),
  ],
  [
    /Invalid value for attribute '([^']+)' in element '([^']+)'/,
    (document, attribute, element) => atAttribute(document, element, attribute),
  ],
  [
    /Missing required attribute '([^']+)' in element '([^']+)'/,
    (document, attribute, element) => atElementLacking(document, element, attribute),
  ],
  [/Invalid value '(.*)' for element or attribute '([^']+)'/s, atPath],
  [
    /Missing or invalid '([^']+)' attribute in <([\w-]+)>/,
    (document, attribute, element) =>
      atAttribute(document, element, attribute) ?? atElementLacking(document, element),
  ],
  [
    /<([\w-]+)> '([^']+)' attribute/,
    (document, element, attribute) => atAttribute(document, element, attribute),
  ],
  [/<([\w-]+)> element unsupported/, (document, name) => atElement(elementsNamed(document, name)[0])],
  [/Missing '([\w-]+)' element for ([\w-]+)/, atElementWithout],
  [/Missing <([\w-]+)> element in ([\w-]+)/, atElementWithout],
  [
    /interface type='([^']+)' requires a '([^']+)' element/,
    (document, type, child) =>
      atElement(
        elementsNamed(document, 'interface').find(
          (element) => attributeValue(element, 'type') === type && childNamed(element, child) === undefined,
        ),
      ),
  ],
  [
    /(?:missing|malformed) (?:volume )?(\w+) element$/m,
    (document, name) => atRootChild(document, name) ?? atText(document, name),
  ],
  [/malformed octal (mode)/, (document, name) => atText(document, name)],
  [/'(\w+)' is mandatory for RBD pool/, (document) => atElement(elementsNamed(document, 'source')[0])],
  [
    /missing storage pool (?:source )?host name|missing name for host/,
    (document) =>
      atElementLacking(document, 'host', 'name') ?? atElement(elementsNamed(document, 'source')[0]),
  ],
  [
    /missing name for disk source/,
    (document) =>
      atElement(
        elementsNamed(document, 'source').find(
          (element) => attributeNamed(element, 'protocol') && !attributeNamed(element, 'name'),
        ),
      ),
  ],
  [/missing name from disk snapshot/, (document) => atElementLacking(document, 'disk', 'name')],
  [/missing name information/, (document) => atRootChild(document, 'name')],
  [/missing domain type attribute/, atRoot],
  [/missing target information for device (.*)/, atDeviceWithSource],
  [/missing source information for device (.*)/, atDeviceWithTarget],
  [/missing username for auth/, (document) => atElementLacking(document, 'auth', 'username')],
  [/missing auth type/, (document) => atElementLacking(document, 'auth', 'type')],
  [/missing secret uuid or usage/, (document) => atElementLacking(document, 'secret', 'uuid', 'usage')],
  [/unknown secret type '<null>'/, (document) => atElementLacking(document, 'secret', 'type')],
  [
    /either secret uuid or usage expected/,
    (document) =>
      atElement(elementsNamed(document, 'secret').find((element) => element.attributes.length > 1)),
  ],
  [
    /unknown secret usage type$|usage specified, but name is missing/m,
    (document) => atElement(elementsNamed(document, 'usage')[0]),
  ],
  [/maximum vcpus count must be an integer|exceed the <vcpu> count/, (document) => atText(document, 'vcpu')],
  [/vCPU count must not be less than current/, (document) => atAttribute(document, 'vcpu', 'current')],
  [/CPU topology doesn't match/, (document) => atElement(elementsNamed(document, 'topology')[0])],
  [/does not support virt type '(.*)'/, (document, type) => atAttribute(document, 'domain', 'type', type)],
  [
    /'pool' and 'volume' must be specified together/,
    (document) =>
      atElementLacking(document, 'source', 'pool') ?? atElementLacking(document, 'source', 'volume'),
  ],
  [
    /Model name contains invalid characters/,
    (document) => {
      const model = elementsNamed(document, 'model').find(
        (element) =>
          element.parent?.name === 'interface' && /[^\w-]/.test(attributeValue(element, 'type') ?? ''),
      );
      return model === undefined
        ? undefined
        : atAttribute(document, 'model', 'type', attributeValue(model, 'type'));
    },
  ],
  [
    /Invalid IP address in static host definition/,
    (document) => atElement(elementsNamed(document, 'dhcp')[0]),
  ],
  [
    /DNS HOST record/,
    (document) =>
      atElement(elementsNamed(document, 'host').find((element) => element.parent?.name === 'dns')),
  ],
  [/No PCI buses available/, (document) => atAttribute(document, 'type', 'machine')],
  [/name .* cannot contain|invalid char in name/, (document) => atRootChild(document, 'name')],
  [/target '(.*)' duplicated/, atLastTarget],
  [/double use of PCI Address ([0-9a-f]+):([0-9a-f]+):([0-9a-f]+)\.([0-9a-f]+)/, atLastPciAddress],
  [/can't split path '(.*)' into pool/, (document, path) => atAttribute(document, 'source', 'name', path)],
  [
    /per-device boot elements/,
    (document) =>
      atElement(elementsNamed(document, 'boot').find((element) => attributeNamed(element, 'order'))),
  ],
  [/range \S+ - (\S+) is not entirely within/, (document, end) => atAttribute(document, 'range', 'end', end)],
  [
    /bad prefix \S+ for network (\S+)/,
    (document, address) => {
      const ip = elementsNamed(document, 'ip').find(
        (element) => attributeValue(element, 'address') === address,
      );
      if (ip === undefined) return undefined;
      return (
        atToken((attributeNamed(ip, 'netmask') ?? attributeNamed(ip, 'prefix'))?.valueRange) ?? atElement(ip)
      );
    },
  ],
  [/Invalid delay value in network/, (document) => atAttribute(document, 'bridge', 'delay')],
  [
    /security label is missing/,
    (document) =>
      atElement(elementsNamed(document, 'seclabel').find((element) => childElements(element).length === 0)),
  ],
  [/'(.*)' (?:already exists|is already defined) with uuid (\S+)/, atNameOrUuid],
];

/** The place that one of libvirt's own sentences tells. */
export function placeInSentence(document: XmlDocument, message: string): MaybePlace {
  for (const [pattern, find] of sentences) {
    const match = pattern.exec(message);
    const place = match === null ? undefined : find(document, ...match.slice(1));
    if (place !== undefined) return place;
  }
  return undefined;
}

/** An XPath of virXPath*: `./memory[1]`, `./@size`, relative to an element that the message does not name. */
function atPath(document: XmlDocument, value = '', path = ''): MaybePlace {
  const steps = path
    .replace(/\[\d+\]/g, '')
    .split('/')
    .filter((step) => step !== '.' && step !== '' && !step.startsWith('string('));
  const last = steps.at(-1) ?? '';
  const parent = steps.at(-2);
  for (const element of elementsOf(document)) {
    if (last.startsWith('@')) {
      const attribute = attributeNamed(element, last.slice(1));
      if (attribute?.value === value && (parent === undefined || element.name === parent))
        return atToken(attribute.valueRange);
    } else if (
      element.name === last &&
      textOf(element).trim() === value.trim() &&
      (parent === undefined || element.parent?.name === parent)
    ) {
      return atToken(textRangeOf(document, element)) ?? atElement(element);
    }
  }
  return undefined;
}

function atElementWithout(document: XmlDocument, child = '', parent = ''): MaybePlace {
  return atElement(
    elementsNamed(document, parent).find((element) => childNamed(element, child) === undefined),
  );
}

function deviceWhere(document: XmlDocument, child: string, value: string): XmlElement | undefined {
  for (const element of elementsNamed(document, child)) {
    if (element.attributes.some((attribute) => attribute.value === value)) return element.parent;
  }
  return undefined;
}

function atDeviceWithSource(document: XmlDocument, source = ''): MaybePlace {
  const device = deviceWhere(document, 'source', source);
  return device === undefined ? undefined : atElement(childNamed(device, 'target') ?? device);
}

function atDeviceWithTarget(document: XmlDocument, target = ''): MaybePlace {
  const device = deviceWhere(document, 'target', target);
  return device === undefined ? undefined : atElement(childNamed(device, 'source') ?? device);
}

function atLastTarget(document: XmlDocument, target = ''): MaybePlace {
  const last = elementsNamed(document, 'target').findLast(
    (element) => attributeValue(element, 'dev') === target,
  );
  return last === undefined ? undefined : atToken(attributeNamed(last, 'dev')?.valueRange);
}

function atLastPciAddress(document: XmlDocument, ...parts: readonly string[]): MaybePlace {
  const names = ['domain', 'bus', 'slot', 'function'];
  return atElement(
    elementsNamed(document, 'address').findLast((element) =>
      names.every(
        (name, index) => Number(attributeValue(element, name) ?? 0) === parseInt(parts[index] ?? '', 16),
      ),
    ),
  );
}

function atNameOrUuid(document: XmlDocument, name = '', uuid = ''): MaybePlace {
  const own = document.root === undefined ? undefined : childNamed(document.root, 'name');
  const isSameName = own !== undefined && textOf(own).trim() === name;
  return isSameName ? atRootChild(document, 'name') : atText(document, 'uuid', uuid);
}
