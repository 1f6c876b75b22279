import type { XmlElement } from '../document.ts';
import { attributeValue, childrenNamed, elementsWithin } from '../queries.ts';
import { scan } from '../scanner/scan.ts';
import { relaxNg } from './completeness.ts';

/** A file name that no release of libvirt has. */
export const deviceSchemaFile = 'attached-device.rng';

/**
 * The schema of a document that is one device: libvirt has none, so it is the schema of domains with another start,
 * any of what `<devices>` may hold. undefined when the devices are not where all releases so far define them.
 *
 * @param domainCommon the text of `domaincommon.rng`
 */
export function deviceSchema(domainCommon: string): string | undefined {
  const { root } = scan(domainCommon);
  const devices =
    root &&
    childrenNamed(root, 'define', relaxNg).find((define) => attributeValue(define, 'name') === 'devices');
  if (devices === undefined) return undefined;
  const names = new Set([...elementsWithin(devices)].map(referredName).filter((name) => isName(name)));
  // The program that runs the domain stands among the devices and is none.
  names.delete('emulator');
  if (names.size === 0) return undefined;
  const references = [...names].map((name) => `<ref name="${name}"/>`).join('');
  return (
    `<grammar xmlns="${relaxNg}"><include href="domain.rng">` +
    `<start><choice>${references}</choice></start></include></grammar>`
  );
}

function referredName(element: XmlElement): string | undefined {
  return element.localName === 'ref' && element.namespace === relaxNg
    ? attributeValue(element, 'name')
    : undefined;
}

function isName(text: string | undefined): text is string {
  return text !== undefined && /^[\w.-]+$/.test(text);
}
