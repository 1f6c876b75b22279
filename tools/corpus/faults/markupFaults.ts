import type { XmlElement } from '../../../src/xml/document.ts';
import { spliced } from '../edits/page.ts';
import { rangeFrom, type FaultMaker } from './schemaFaults.ts';
import type { SingleFault } from './singleFault.ts';
import { typo } from './typo.ts';

/** `<disk type='file'` */
const startTagNotClosed: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1).filter(hasEndTag));
  if (element === undefined) return undefined;
  const { start, end } = element.startTagRange;
  return broken('start tag not closed', spliced(text, end - 1, end, ''), [rangeFrom(start, end - 1 - start)]);
};

/** `<disk type='file` */
const valueNotClosed: FaultMaker = ({ text, attributes }, random) => {
  const attribute = random.pick(attributes);
  if (attribute === undefined) return undefined;
  const { start, end } = attribute.range;
  return broken('value not closed', spliced(text, end - 1, end, ''), [rangeFrom(start, end - 1 - start)]);
};

/** `<disk type=file'` */
const valueNotOpened: FaultMaker = ({ text, attributes }, random) => {
  const attribute = random.pick(attributes);
  if (attribute?.valueRange === undefined) return undefined;
  const { range, valueRange } = attribute;
  return broken('value not opened', spliced(text, valueRange.start - 1, valueRange.start, ''), [
    rangeFrom(range.start, range.end - 1 - range.start),
  ]);
};

/** `<disk type'file'` */
const equalsMissing: FaultMaker = ({ text, attributes }, random) => {
  const attribute = random.pick(attributes);
  if (attribute?.valueRange === undefined) return undefined;
  const { range, nameRange, valueRange } = attribute;
  return broken('equals sign missing', spliced(text, nameRange.end, valueRange.start - 1, ''), [
    rangeFrom(range.start, range.end - range.start - (valueRange.start - 1 - nameRange.end)),
  ]);
};

const attributeTwice: FaultMaker = ({ text, attributes }, random) => {
  const attribute = random.pick(attributes);
  if (attribute === undefined) return undefined;
  const { start, end } = attribute.range;
  const length = end - start;
  return broken('attribute twice', spliced(text, end, end, ` ${text.slice(start, end)}`), [
    rangeFrom(end + 1, length),
    attribute.range,
  ]);
};

/** `<disk>...` up to the end tag of what is around it. */
const endTagMissing: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1).filter(hasEndTag));
  if (element?.endTagRange === undefined) return undefined;
  const { start, end } = element.endTagRange;
  const after = spliced(text, start, end, '');
  return broken(
    'end tag missing',
    after,
    [element.nameRange, rangeFrom(start, untilNextTag(after, start))],
    element.name,
  );
};

/** `<source file='a'>` without `/` */
const slashMissing: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1).filter((each) => !hasEndTag(each)));
  if (element === undefined) return undefined;
  const { end } = element.startTagRange;
  const after = spliced(text, end - 2, end - 1, '');
  return broken(
    'slash missing',
    after,
    [element.nameRange, rangeFrom(end - 2, 1 + untilNextTag(after, end - 1))],
    element.name,
  );
};

const endTagTypo: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1).filter(hasEndTag));
  if (element?.endTagRange === undefined) return undefined;
  const { name, nameRange } = element;
  const { start } = element.endTagRange;
  const written = typo(name, random);
  return broken(
    'end tag typo',
    spliced(text, start + 2, start + 2 + name.length, written),
    [rangeFrom(start, '</>'.length + written.length), nameRange],
    name,
  );
};

/** An end tag too many. */
const endTagTwice: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1).filter(hasEndTag));
  if (element?.endTagRange === undefined) return undefined;
  const { start, end } = element.endTagRange;
  const tag = text.slice(start, end);
  return broken('end tag twice', spliced(text, end, end, tag), [
    rangeFrom(end, tag.length),
    element.endTagRange,
  ]);
};

/** `disk type='file'>` */
const startTagNotOpened: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1).filter(hasEndTag));
  if (element === undefined) return undefined;
  const { start, end } = element.startTagRange;
  return broken('start tag not opened', spliced(text, start, start + 1, ''), [
    rangeFrom(start, end - 1 - start),
  ]);
};

/** A tag that was begun: `<` or `<dis`. */
const halfTyped: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1));
  if (element === undefined) return undefined;
  const written = `<${element.name.slice(0, random.below(4))}`;
  const at = element.range.start;
  return broken('half-typed tag', spliced(text, at, at, `${written}\n`), [rangeFrom(at, written.length)]);
};

const bareAmpersand: FaultMaker = ({ text, attributes }, random) => {
  const range = random.pick(attributes)?.valueRange;
  if (range === undefined) return undefined;
  const at = range.start + random.below(range.end - range.start + 1);
  return broken('bare ampersand', spliced(text, at, at, '&'), [rangeFrom(at, range.end + 1 - at)]);
};

const commentNotClosed: FaultMaker = ({ text, elements }, random) => {
  const element = random.pick(elements.slice(1));
  if (element === undefined) return undefined;
  const at = element.range.start;
  const written = '<!-- old ->';
  return broken('comment not closed', spliced(text, at, at, `${written}\n`), [rangeFrom(at, written.length)]);
};

export const markupFaultMakers: readonly FaultMaker[] = [
  startTagNotClosed,
  valueNotClosed,
  valueNotOpened,
  equalsMissing,
  attributeTwice,
  endTagMissing,
  slashMissing,
  endTagTypo,
  endTagTwice,
  startTagNotOpened,
  halfTyped,
  bareAmpersand,
  commentNotClosed,
];

function broken(kind: string, text: string, places: SingleFault['places'], answer?: string): SingleFault {
  return { kind, isMalformed: true, text, places, answer };
}

function hasEndTag({ endTagRange }: XmlElement): boolean {
  return endTagRange !== undefined;
}

/** How far the next tag is, its `<` included. */
function untilNextTag(text: string, from: number): number {
  const next = text.indexOf('<', from);
  return (next < 0 ? text.length : next + 1) - from;
}
