import type { TextRange, XmlElement } from '../../../src/xml/document.ts';
import { contentRange, renamed, spliced, type Page } from '../edits/page.ts';
import type { Random } from '../random.ts';
import type { SingleFault } from './singleFault.ts';
import { typo } from './typo.ts';

/** What is known of libvirt's language beyond one document. */
export interface Language {
  /** Values that a schema names one by one. */
  readonly literals: ReadonlySet<string>;
  /** By an element's name, the names of the elements that it is seen in. */
  readonly homes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Makes a fault in a valid document; undefined when it has nothing of the kind. Some are none: the schema takes them. */
export type FaultMaker = (page: Page, random: Random, language: Language) => SingleFault | undefined;

/** Elements and texts longer than this are not copied elsewhere: the result would have more than one fault. */
const longestCopy = 300;

const elementTypo: FaultMaker = (page, random) => {
  const element = random.pick(page.elements.slice(1));
  if (element === undefined) return undefined;
  const name = typo(element.name, random);
  return {
    kind: 'element typo',
    isMalformed: false,
    text: renamed(page, element, name),
    places: [rangeFrom(element.nameRange.start, name.length)],
    answer: element.name,
  };
};

const attributeTypo: FaultMaker = ({ text, attributes }, random) => {
  const attribute = random.pick(attributes);
  if (attribute === undefined) return undefined;
  const { name, nameRange } = attribute;
  const written = typo(name, random);
  return {
    kind: 'attribute typo',
    isMalformed: false,
    text: spliced(text, nameRange.start, nameRange.end, written),
    places: [rangeFrom(nameRange.start, written.length)],
    answer: name,
  };
};

const valueTypo: FaultMaker = ({ text, attributes }, random, { literals }) => {
  const attribute = random.pick(attributes.filter(({ value }) => /^[a-z][a-z0-9-]+$/.test(value)));
  if (attribute?.valueRange === undefined) return undefined;
  const { value, valueRange } = attribute;
  const written = typo(value, random);
  return {
    kind: 'value typo',
    isMalformed: false,
    text: spliced(text, valueRange.start, valueRange.end, written),
    places: [rangeFrom(valueRange.start, written.length)],
    answer: literals.has(value) ? value : undefined,
  };
};

const textTypo: FaultMaker = ({ text, elements }, random, { literals }) => {
  const element = random.pick(elements.filter((each) => /^[a-z0-9-]+$/i.test(onlyText(each))));
  const content = element && contentRange(element);
  if (element === undefined || content === undefined) return undefined;
  const value = onlyText(element);
  const written = typo(value, random);
  return {
    kind: 'text typo',
    isMalformed: false,
    text: spliced(text, content.start, content.end, written),
    places: [rangeFrom(content.start, written.length)],
    answer: literals.has(value) ? value : undefined,
  };
};

const attributeRemoved: FaultMaker = ({ text, attributes }, random) => {
  const attribute = random.pick(attributes);
  if (attribute === undefined) return undefined;
  const { range, owner, name } = attribute;
  return {
    kind: 'attribute removed',
    isMalformed: false,
    text: spliced(text, range.start, range.end, ''),
    places: [owner.nameRange],
    answer: name,
  };
};

const elementRemoved: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1));
  if (element?.parent === undefined) return undefined;
  return {
    kind: 'element removed',
    isMalformed: false,
    text: spliced(text, element.range.start, element.range.end, ''),
    places: [element.parent.nameRange],
    answer: element.name,
  };
};

const elementMisplaced: FaultMaker = ({ text, elements }, random, { homes }) => {
  const element = random.pick(elements.slice(1));
  const target = random.pick(elements);
  const content = target && contentRange(target);
  if (element === undefined || content === undefined) return undefined;
  const copy = text.slice(element.range.start, element.range.end);
  if (copy.length > longestCopy) return undefined;
  const [home, other] = [...(homes.get(element.name) ?? [])];
  return {
    kind: 'element in a wrong place',
    isMalformed: false,
    text: spliced(text, content.start, content.start, copy),
    places: [rangeFrom(content.start + 1, element.name.length)],
    answer: other === undefined && home !== target?.name ? home : undefined,
  };
};

const strayText: FaultMaker = ({ text, elements }, random) => {
  const content = contentOf(random.pick(elements));
  if (content === undefined) return undefined;
  const before = '\n  ';
  const stray = '# note';
  return {
    kind: 'stray text',
    isMalformed: false,
    text: spliced(text, content.start, content.start, `${before}${stray}\n`),
    places: [rangeFrom(content.start + before.length, stray.length)],
  };
};

export const schemaFaultMakers: readonly FaultMaker[] = [
  elementTypo,
  attributeTypo,
  valueTypo,
  textTypo,
  attributeRemoved,
  elementRemoved,
  elementMisplaced,
  strayText,
];

export function rangeFrom(start: number, length: number): TextRange {
  return { start, end: start + length };
}

function contentOf(element: XmlElement | undefined): TextRange | undefined {
  return element && contentRange(element);
}

/** The text of an element that holds nothing else, '' otherwise. */
function onlyText({ children: [only, second] }: XmlElement): string {
  return only?.kind === 'text' && second === undefined ? only.value : '';
}
