import type { XmlDocument, XmlElement } from './document.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { attributeNamed, attributeValue, childNamed, childrenNamed } from './queries.ts';
import { scan } from './scanner/scan.ts';

/** What libvirt leaves out of a <graphics> unless it is asked for passwords. */
const secretAttributes = ['passwd', 'passwdValidTo', 'connected'] as const;

/**
 * Puts the passwords of graphics back into a domain that was edited without them: saving it would remove them
 * otherwise. `secure` is the definition as the host has it, with passwords. A <graphics> is the same one when type and
 * place among those of its type are the same; one that brings a password of its own keeps it.
 */
export function keepPasswords(edited: string, secure: string): string {
  const document = scan(edited);
  const before = graphicsOf(scan(secure));
  const edits = graphicsOf(document).flatMap((graphics, index, all) => {
    const original = sameGraphics(before, graphics, nth(all, index));
    return original ? missingAttributes(graphics, original, secure) : [];
  });
  return edits.length === 0 ? edited : applyEdits(edited, edits);
}

function graphicsOf(document: XmlDocument): readonly XmlElement[] {
  const devices = document.root && childNamed(document.root, 'devices');
  return devices ? childrenNamed(devices, 'graphics') : [];
}

function typeOf(graphics: XmlElement): string | undefined {
  return attributeValue(graphics, 'type');
}

/** How many of the same type stand before it. */
function nth(all: readonly XmlElement[], index: number): number {
  const type = all[index] && typeOf(all[index]);
  return all.slice(0, index).filter((graphics) => typeOf(graphics) === type).length;
}

function sameGraphics(
  all: readonly XmlElement[],
  graphics: XmlElement,
  place: number,
): XmlElement | undefined {
  return all.filter((candidate) => typeOf(candidate) === typeOf(graphics))[place];
}

function missingAttributes(graphics: XmlElement, original: XmlElement, secure: string): readonly TextEdit[] {
  if (attributeNamed(graphics, 'passwd')) return [];
  const written = secretAttributes
    .map((name) => attributeNamed(original, name))
    .filter((attribute) => attribute !== undefined)
    .map(({ range }) => ` ${secure.slice(range.start, range.end)}`)
    .join('');
  const at = graphics.attributes.at(-1)?.range.end ?? graphics.nameRange.end;
  return written === '' ? [] : [{ range: { start: at, end: at }, newText: written }];
}
