import type { XmlAttribute, XmlElement } from '../../document.ts';
import { attributeNamed, attributeValue } from '../../queries.ts';
import { judgedAttributes, takeAttributes } from '../attributes.ts';
import type { Frame } from '../examination/finding.ts';
import type { Pattern } from '../pattern.ts';
import { attributesIn, elementsIn, localNames, named, valuesIn } from '../queries.ts';
import type { Schema } from '../schema.ts';

/** What an attribute would have to be for something to be possible. */
export interface Condition {
  readonly element: XmlElement;
  readonly attribute: string;
  /** The values with which it is possible. */
  readonly values: readonly string[];
  /** The value there is; undefined when the attribute is not given. */
  readonly actual: string | undefined;
}

const maxValues = 60;
/** How far out the attribute is looked for. */
const maxLevels = 3;

/**
 * Which attribute of the element, or of those around it, rules out what is tested: the test is given what the element
 * of the frame may hold, attributes included.
 * @param without the attribute that is tested, if it is one: it counts as not there
 */
export function conditionFor(
  schema: Schema,
  frame: Frame,
  test: (content: Pattern) => boolean,
  without?: XmlAttribute,
  levels = maxLevels,
): Condition | undefined {
  const own = conditionIn(schema, frame, test, without);
  if (own !== undefined || frame.parent === undefined || levels === 1) return own;
  const around = (content: Pattern): boolean =>
    named(elementsIn(content), frame.element).some((pattern) => test(pattern.content()));
  return conditionFor(schema, frame.parent, around, undefined, levels - 1);
}

function conditionIn(
  schema: Schema,
  frame: Frame,
  test: (content: Pattern) => boolean,
  without: XmlAttribute | undefined,
): Condition | undefined {
  const { element, content } = frame;
  if (!test(content)) return undefined;
  const possible = attributesIn(content);
  const given = judgedAttributes(element).filter((attribute) => attribute !== without);
  for (const attribute of localNames(possible)) {
    const name = { namespace: '', localName: attribute };
    const values = [...new Set(named(possible, name).flatMap(({ value }) => valuesIn(value)))];
    if (values.length === 0 || values.length > maxValues) continue;
    const others = given.filter((other) => other !== attributeNamed(element, attribute));
    const { left } = takeAttributes(schema.derivatives, content, others);
    const fitting = values.filter((value) => {
      const after = schema.derivatives.attribute(left, { ...name, value });
      return after.kind !== 'notAllowed' && test(after);
    });
    const actual = attributeValue(element, attribute);
    const rules = fitting.length > 0 && fitting.length < values.length;
    const isWithout = actual === undefined && test(schema.derivatives.endAttributes(left));
    if (rules && !isWithout && (actual === undefined || !fitting.includes(actual))) {
      return { element, attribute, values: fitting, actual };
    }
  }
  return undefined;
}
