import type { XmlAttribute, XmlElement } from '../../../src/xml/document.ts';
import { spliced, type Page } from '../edits/page.ts';
import type { Random } from '../random.ts';
import type { OfferKind } from '../../../src/xml/completion/offer.ts';

/** Something was taken out of a valid document, and is asked for at the place where it was. */
export interface Probe {
  /** How it was taken out, as `element, < typed`. */
  readonly kind: string;
  readonly text: string;
  /** Where the cursor is. */
  readonly offset: number;
  readonly wanted: { readonly kind: OfferKind; readonly label: string };
}

/** Probes at an element, an attribute and a value of the page, drawn at random; none where it has none. */
export function makeProbes(
  page: Page,
  isOfferedInFull: (value: XmlAttribute) => boolean,
  random: Random,
): Probe[] {
  const element = random.pick(page.elements.slice(1));
  const attribute = random.pick(page.attributes);
  const value = random.pick(page.attributes.filter((each) => each.value !== ''));
  return [
    ...(element === undefined ? [] : elementProbes(page.text, element)),
    ...(attribute === undefined ? [] : attributeProbes(page.text, attribute)),
    ...(value === undefined || !isOfferedInFull(value) ? [] : valueProbes(page.text, value)),
  ];
}

function elementProbes(text: string, { range: { start, end }, name }: XmlElement): Probe[] {
  const wanted = { kind: 'element', label: name } as const;
  const typed = `<${name.slice(0, 2)}`;
  return [
    { kind: 'element', text: spliced(text, start, end, ''), offset: start, wanted },
    { kind: 'element, < typed', text: spliced(text, start, end, '<'), offset: start + 1, wanted },
    {
      kind: 'element, <xx typed',
      text: spliced(text, start, end, typed),
      offset: start + typed.length,
      wanted,
    },
    { kind: 'element, document ends', text: text.slice(0, start), offset: start, wanted },
    { kind: 'element, document ends at <', text: `${text.slice(0, start)}<`, offset: start + 1, wanted },
  ];
}

function attributeProbes(text: string, { range: { start, end }, name, owner }: XmlAttribute): Probe[] {
  const wanted = { kind: 'attribute', label: name } as const;
  const before = text.slice(0, start);
  return [
    { kind: 'attribute', text: spliced(text, start, end, ''), offset: start, wanted },
    {
      kind: 'attribute, tag cut off',
      text: `${before}\n${text.slice(owner.startTagRange.end)}`,
      offset: start,
      wanted,
    },
    { kind: 'attribute, document ends', text: before, offset: start, wanted },
  ];
}

function valueProbes(text: string, { valueRange, value }: XmlAttribute): Probe[] {
  if (valueRange === undefined) return [];
  const { start, end } = valueRange;
  const wanted = { kind: 'value', label: value } as const;
  return [
    { kind: 'value', text: spliced(text, start, end, ''), offset: start, wanted },
    { kind: 'value, quote not closed', text: spliced(text, start, end + 1, ''), offset: start, wanted },
    { kind: 'value, document ends', text: text.slice(0, start), offset: start, wanted },
  ];
}
