import type { XmlDocument, XmlElement } from '../document.ts';
import { attributeNamed, childNamed, textOf, textRangeOf } from '../queries.ts';
import { atElement, atToken, elementsNamed, type MaybePlace } from './places.ts';

/**
 * The lines that follow "XML document failed to validate against schema": libxml2's RELAX NG validator tells, from
 * the inside out, at which element it gave up. It often stops far outside of the fault.
 */
export function placeInSchemaTrace(document: XmlDocument, message: string): MaybePlace {
  if (!message.includes('failed to validate against schema')) return undefined;
  const lines = message.split('\n').slice(1);
  const mentions = namesFrom(lines);
  for (const [index, line] of lines.entries()) {
    const place = placeOfLine(document, line, namesFrom(lines.slice(index + 1)));
    if (place !== undefined) return place;
  }
  return atElement(commonOf(inside(document, mentions)));
}

/** The only element; of several that the trace does not tell apart, what they lie in. */
function commonOf([first, second]: readonly XmlElement[]): XmlElement | undefined {
  return second === undefined || first?.parent === undefined ? first : first.parent;
}

/** The elements that the lines speak of, without immediate repetitions. */
function namesFrom(lines: readonly string[]): string[] {
  const names = lines.flatMap((line) => /^(?:Extra e|E|Datatype e)lement (\S+)/.exec(line)?.[1] ?? []);
  return names.filter((name, index) => name !== names[index - 1]);
}

function placeOfLine(document: XmlDocument, line: string, outer: readonly string[]): MaybePlace {
  const extra = /^Element (\S+) has extra content: (\S+)$/.exec(line);
  if (extra !== null) {
    const [, parent = '', child = ''] = extra;
    const found = inside(document, [parent, ...outer]).flatMap(
      (element) => element.children.find((node) => node.kind === 'element' && node.name === child) ?? [],
    );
    const [first] = found;
    return first?.kind === 'element' ? atToken(first.nameRange) : undefined;
  }
  const attribute = /^Invalid attribute (\S+) for element (\S+)$/.exec(line);
  if (attribute !== null) {
    const [, name = '', owner = ''] = attribute;
    const candidates = inside(document, [owner, ...outer]).flatMap(
      (element) => attributeNamed(element, name) ?? [],
    );
    const [only, second] = candidates;
    if (only === undefined) return undefined;
    return second === undefined ? atToken(only.valueRange ?? only.nameRange) : atElement(only.owner);
  }
  const value = /^Type \S+ doesn't allow value '(.*)'$/.exec(line);
  if (value !== null) {
    const element = inside(document, outer).find(
      (candidate) => textOf(candidate).trim() === value[1]?.trim(),
    );
    return element === undefined ? undefined : atToken(textRangeOf(document, element));
  }
  const unexpected = /^(?:Did not expect element (\S+) there|Expecting element \S+, got (\S+))$/.exec(line);
  if (unexpected !== null) {
    const element = inside(document, [unexpected[1] ?? unexpected[2] ?? '', ...outer])[0];
    return element === undefined ? undefined : atToken(element.nameRange);
  }
  const missing = /^Expecting an element (\S+), got nothing$/.exec(line);
  if (missing !== null) {
    return atElement(
      inside(document, outer).find((element) => childNamed(element, missing[1] ?? '') === undefined),
    );
  }
  return undefined;
}

/** The elements of the first name that lie, at any depth, in elements of the other names, the nearest first. */
function inside(document: XmlDocument, [name, ...outer]: readonly string[]): XmlElement[] {
  if (name === undefined) return [];
  const around = outer[0] === name ? outer.slice(1) : outer;
  return elementsNamed(document, name).filter((element) => {
    let ancestor = element.parent;
    return around.every((ancestorName) => {
      while (ancestor !== undefined && ancestor.localName !== ancestorName) ancestor = ancestor.parent;
      return ancestor !== undefined;
    });
  });
}
