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
  const text = (name: string): string | undefined => {
    const element = root && childNamed(root, name);
    const value = element && textOf(element).trim();
    return value === '' ? undefined : value;
  };
  return { name: text('name'), uuid: normalUuid(text('uuid')) };
}

/** libvirt takes UUIDs with and without dashes, in either case. */
function normalUuid(uuid: string | undefined): string | undefined {
  const hex = uuid?.replaceAll('-', '').toLowerCase();
  if (hex?.length !== 32) return uuid;
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
