import type { XmlElement } from './document.ts';
import { applyEdits, insertChildren } from './edits.ts';
import { childNamed, textOf, textRangeOf } from './queries.ts';
import { scan } from './scanner/scan.ts';

/** What tells libvirt which object a definition is of. */
export interface Identity {
  readonly name: string | undefined;
  /** In lower case with dashes. */
  readonly uuid: string | undefined;
}

export function identityOf(xml: string): Identity {
  const { root } = scan(xml);
  return root === undefined ? { name: undefined, uuid: undefined } : identityIn(root);
}

/** As {@link identityOf}, of the object that the element defines. */
export function identityIn(definition: XmlElement): Identity {
  const text = (name: string): string | undefined => {
    const element = childNamed(definition, name);
    const value = element && textOf(element).trim();
    return value === '' ? undefined : value;
  };
  const uuid = text('uuid');
  return { name: text('name'), uuid: uuid === undefined ? undefined : normalUuid(uuid) };
}

/** libvirt takes UUIDs with and without dashes, in either case. */
export function normalUuid(uuid: string): string {
  const hex = uuid.replaceAll('-', '').toLowerCase();
  if (hex.length !== 32) return uuid;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The definition with this UUID, in the place of another or where libvirt writes it: after the name. */
export function withUuid(xml: string, uuid: string): string {
  const document = scan(xml);
  const { root } = document;
  if (!root) return xml;
  const element = childNamed(root, 'uuid');
  const range = element && textRangeOf(document, element);
  const edit = range
    ? { range, newText: uuid }
    : insertChildren(document, root, [{ name: 'uuid', text: uuid }], { after: ['name'] });
  return applyEdits(xml, [edit]);
}
