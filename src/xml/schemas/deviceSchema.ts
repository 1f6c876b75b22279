import { readMarkup, type Markup } from '../relaxng/grammar/markup.ts';

/** A file name that no release of libvirt has. */
export const deviceSchemaFile = 'attached-device.rng';

/**
 * The schema of a document that is one device: libvirt has none, so it is the schema of domains with another start,
 * any of what `<devices>` may hold. undefined when the devices are not where all releases so far define them.
 *
 * @param domainCommon the text of `domaincommon.rng`
 * @throws {SchemaError} when it is not well-formed
 */
export function deviceSchema(domainCommon: string): string | undefined {
  const devices = readMarkup('domaincommon.rng', domainCommon).children.find(
    ({ name, attributes }) => name === 'define' && attributes.get('name') === 'devices',
  );
  const names = new Set(devices && referredNames(devices));
  // The program that runs the domain stands among the devices and is none.
  names.delete('emulator');
  if (names.size === 0) return undefined;
  const references = [...names].map((name) => `<ref name="${name}"/>`).join('');
  return (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="domain.rng">' +
    `<start><choice>${references}</choice></start></include></grammar>`
  );
}

/** The definitions that it refers to, those of them whose names can be written as they are. */
function referredNames({ name, attributes, children }: Markup): readonly string[] {
  const own = name === 'ref' ? attributes.get('name') : undefined;
  return [...(own !== undefined && /^[\w.-]+$/.test(own) ? [own] : []), ...children.flatMap(referredNames)];
}
