import type { Random } from '../random.ts';
import { contentRange, escaped, readPage, renamed, spliced, type Page } from './page.ts';
import type { Pieces } from './pieces.ts';

/** Changes one thing; undefined when the document has nothing of the kind. */
type Edit = (page: Page, pieces: Pieces, random: Random) => string | undefined;

/** Makes one or two changes, of which each may leave a valid document valid. */
export function editRandomly(text: string, pieces: Pieces, random: Random): string {
  let edited = text;
  for (let left = 1 + random.below(2); left > 0; left--) {
    const page = readPage(edited);
    edited = random.pick(edits)?.(page, pieces, random) ?? edited;
  }
  return edited;
}

const removeElement: Edit = ({ text, elements }, _, random) => {
  const element = random.pick(elements.slice(1));
  return element && spliced(text, element.range.start, element.range.end, '');
};

const repeatElement: Edit = ({ text, elements }, _, random) => {
  const range = random.pick(elements.slice(1))?.range;
  return range && spliced(text, range.end, range.end, text.slice(range.start, range.end));
};

const removeAttribute: Edit = ({ text, attributes }, _, random) => {
  const attribute = random.pick(attributes);
  return attribute && spliced(text, attribute.range.start, attribute.range.end, '');
};

const otherValue: Edit = ({ text, attributes }, { valuesOf }, random) => {
  const attribute = random.pick(attributes);
  const value = attribute && random.pick(valuesOf.get(attribute.name) ?? []);
  if (attribute?.valueRange === undefined || value === undefined) return undefined;
  return spliced(text, attribute.valueRange.start, attribute.valueRange.end, escaped(value));
};

const insertElement: Edit = ({ text, elements }, pieces, random) => {
  const inside = random.pick(elements)?.startTagRange.end;
  const piece = random.pick(pieces.elements);
  if (inside === undefined || piece === undefined || text[inside - 2] === '/') return undefined;
  return spliced(text, inside, inside, piece);
};

const moveElement: Edit = ({ text, elements }, _, random) => {
  const element = random.pick(elements.slice(1));
  const target = random.pick(elements);
  const content = target && contentRange(target);
  if (element === undefined || content === undefined) return undefined;
  const { start, end } = element.range;
  const moved = text.slice(start, end);
  if (content.start <= start)
    return spliced(spliced(text, start, end, ''), content.start, content.start, moved);
  if (content.start < end) return undefined;
  return spliced(spliced(text, content.start, content.start, moved), start, end, '');
};

const addAttribute: Edit = ({ text, elements }, { attributeNames, valuesOf }, random) => {
  const element = random.pick(elements);
  const name = random.pick(attributeNames);
  if (element === undefined || name === undefined) return undefined;
  if (element.attributes.some((attribute) => attribute.name === name)) return undefined;
  const value = escaped(random.pick(valuesOf.get(name) ?? []) ?? '');
  return spliced(text, element.nameRange.end, element.nameRange.end, ` ${name}="${value}"`);
};

const distortValue: Edit = ({ text, attributes }, _, random) => {
  const attribute = random.pick(attributes);
  const distort = random.pick(distortions);
  if (attribute?.valueRange === undefined || distort === undefined) return undefined;
  const { start, end } = attribute.valueRange;
  return spliced(text, start, end, escaped(distort(attribute.value)));
};

const distortText: Edit = ({ text, elements }, _, random) => {
  const element = random.pick(
    elements.filter(({ children: [only, second] }) => only?.kind === 'text' && !second),
  );
  const content = element && contentRange(element);
  const distort = random.pick(distortions);
  const [inside] = element?.children ?? [];
  if (content === undefined || distort === undefined || inside?.kind !== 'text') return undefined;
  return spliced(text, content.start, content.end, escaped(distort(inside.value)));
};

const distortions: readonly ((value: string) => string)[] = [
  () => '',
  () => ' ',
  () => '0',
  () => '-1',
  () => '1.5',
  () => '0x10',
  () => '4294967296',
  () => '99999999999999999999',
  (value) => ` ${value}`,
  (value) => `${value} `,
  (value) => `\n${value}\n`,
  (value) => `${value}x`,
  (value) => `${value}0`,
  (value) => `-${value}`,
  (value) => `0x${value}`,
  (value) => value.slice(1),
  (value) => value.toUpperCase(),
];

const swapSiblings: Edit = ({ text, elements }, _, random) => {
  const element = random.pick(elements.slice(1));
  const other = random.pick(elements.filter((each) => each !== element && each.parent === element?.parent));
  if (element === undefined || other === undefined) return undefined;
  const [first, second] = element.range.start < other.range.start ? [element, other] : [other, element];
  const [a, b] = [first.range, second.range];
  return spliced(
    spliced(text, b.start, b.end, text.slice(a.start, a.end)),
    a.start,
    a.end,
    text.slice(b.start, b.end),
  );
};

const renameElement: Edit = (page, { elementNames }, random) => {
  const element = random.pick(page.elements);
  const name = random.pick(elementNames);
  return element && name && renamed(page, element, name);
};

/** Values are what documents have most of. */
const edits: readonly Edit[] = [
  removeElement,
  repeatElement,
  removeAttribute,
  otherValue,
  otherValue,
  insertElement,
  moveElement,
  addAttribute,
  distortValue,
  distortText,
  swapSiblings,
  renameElement,
];
