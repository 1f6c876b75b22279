import { t } from '../../../base/l10n.ts';
import type { Finding, Frame } from '../examination/finding.ts';
import { nearest } from '../nearest.ts';
import { attributesIn, elementsIn, localNames, named } from '../queries.ts';
import type { Schema } from '../schema.ts';
import type { Wording } from './inWords.ts';
import { listedTags, shortened, withFirst } from './lists.ts';
import { exampleValues, meantWords, suggestedValue } from './values.ts';
import { valueInWords } from './words.ts';

export function wrongText(
  schema: Schema,
  { text, allowed, frame }: Extract<Finding, { kind: 'wrong-text' }>,
): Wording {
  const { name } = frame.element;
  const suggestion = suggestedValue(schema, allowed, text);
  const shown = shortened(text);
  const withUnit = sizeWithUnit(schema, frame, text);
  const kind = 'wrong-value';
  const expected = withFirst(exampleValues(allowed), suggestion);
  if (suggestion !== undefined && suggestion === text.trim()) {
    return {
      kind,
      message: t("<{0}> takes no white space around '{1}'.", name, suggestion),
      expected,
      suggestion,
    };
  }
  const message =
    withUnit !== undefined
      ? t("<{0}> cannot hold '{1}'. Write the unit as an attribute: {2}.", name, shown, withUnit)
      : suggestion === undefined
        ? t("<{0}> cannot hold '{1}'. Expected: {2}.", name, shown, valueInWords(allowed))
        : t(
            "<{0}> cannot hold '{1}'. Did you mean {2}?",
            name,
            shown,
            meantWords(text, suggestion, expected),
          );
  return { kind, message, expected, suggestion };
}

/** `<memory unit='GiB'>4</memory>` for the text `4 GiB` of an element that can have a unit. */
function sizeWithUnit(schema: Schema, frame: Frame, text: string): string | undefined {
  const [, number = '', written = ''] = /^\s*(\d+)\s*([A-Za-z]+)\s*$/.exec(text) ?? [];
  const [attribute] = named(attributesIn(frame.content), { namespace: '', localName: 'unit' });
  if (written === '' || attribute === undefined) return undefined;
  const unit = schema.derivatives.takesValue(attribute.value, written)
    ? written
    : suggestedValue(schema, attribute.value, written);
  const { name } = frame.element;
  return unit && `<${name} unit='${unit}'>${number}</${name}>`;
}

/** Beginnings of comments in other languages. */
const commentStart = /^(#|\/\/|\/\*|;|--)/;

export function strayText({ text, frame }: Extract<Finding, { kind: 'stray-text' }>): Wording {
  const { name } = frame.element;
  const shown = shortened(text);
  const children = localNames(elementsIn(frame.body));
  const message = commentStart.test(text.trim())
    ? t("Text is not allowed in <{0}>: '{1}'. Comments are written <!-- … -->.", name, shown)
    : children.length === 0
      ? t("Text is not allowed in <{0}>, which is empty: '{1}'.", name, shown)
      : t("Text is not allowed in <{0}>, which holds elements only: '{1}'.", name, shown);
  return { kind: 'stray-text', message, expected: [] };
}

export function wrongRoot({ frame, expected }: Extract<Finding, { kind: 'wrong-root' }>): Wording {
  const names = localNames(expected);
  const { name, localName } = frame.element;
  const suggestion = nearest(localName, names) ?? (names.length === 1 ? names[0] : undefined);
  return {
    kind: 'unknown-element',
    message: t('<{0}> cannot be the top element. Expected: {1}.', name, listedTags(names)),
    expected: withFirst(names, suggestion),
    suggestion,
  };
}
