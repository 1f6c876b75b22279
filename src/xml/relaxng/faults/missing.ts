import { t } from '../../../base/l10n.ts';
import { textOf } from '../../queries.ts';
import type { Finding } from '../examination/finding.ts';
import type { Pattern } from '../pattern.ts';
import { attributesIn, datatypesIn, named, takesText, valuesIn } from '../queries.ts';
import type { Wording } from './inWords.ts';
import { listed, listedTags, shortened } from './lists.ts';
import { valueInWords } from './words.ts';

export function missingAttribute({
  names,
  anyOf,
  fitting = [],
  frame,
}: Extract<Finding, { kind: 'missing-attribute' }>): Wording {
  const { name } = frame.element;
  const kind = 'missing-attribute';
  const [only] = names;
  const suggestion = names.length === 1 ? only : undefined;
  if (only === undefined || names.length > 1) {
    const message = anyOf
      ? t('<{0}> lacks an attribute: {1}.', name, names.join(t(' or ')))
      : t('<{0}> lacks the attributes {1}.', name, listed(names));
    return { kind, message, expected: names, suggestion };
  }
  const text = textOf(frame.element).trim();
  if (text !== '' && !takesText(frame.body)) {
    const written = t("<{0}> lacks the attribute {1}. Write <{0} {1}='{2}'>.", name, only, shortened(text));
    return { kind, message: written, expected: names, suggestion };
  }
  const [value] = fitting;
  const expected = fitting.length > 0 ? listed(fitting) : expectedValue(frame.content, only);
  const message =
    value !== undefined && fitting.length === 1
      ? t("<{0}> lacks {1}='{2}', with which all that it holds goes.", name, only, value)
      : expected === ''
        ? t('<{0}> lacks the attribute {1}.', name, only)
        : t('<{0}> lacks the attribute {1}: {2}.', name, only, expected);
  return { kind, message, expected: names, suggestion };
}

function expectedValue(content: Pattern, attribute: string): string {
  const found = named(attributesIn(content), { namespace: '', localName: attribute });
  if (found.some(({ value }) => datatypesIn(value).some(({ kind }) => kind === 'text'))) return '';
  const words = new Set(found.map(({ value }) => valueInWords(value)));
  const values = [...new Set(found.flatMap(({ value }) => valuesIn(value)))];
  return values.length > 0 && words.size > 1 ? listed(values) : [...words].join(t(' or '));
}

export function missingElement({
  names,
  anyOf,
  frame,
}: Extract<Finding, { kind: 'missing-element' }>): Wording {
  const { name } = frame.element;
  const [only] = names;
  const message =
    only !== undefined && names.length === 1
      ? t('<{0}> lacks <{1}>.', name, only)
      : anyOf
        ? t('<{0}> lacks one of {1}.', name, listedTags(names))
        : t('<{0}> lacks {1}.', name, listedTags(names));
  return {
    kind: 'missing-element',
    message,
    expected: names,
    suggestion: names.length === 1 ? only : undefined,
  };
}

export function missingText({ allowed, frame }: Extract<Finding, { kind: 'missing-text' }>): Wording {
  const values = valuesIn(allowed);
  return {
    kind: 'missing-text',
    message: t('<{0}> is empty. Expected: {1}.', frame.element.name, valueInWords(allowed)),
    expected: values,
    suggestion: values.length === 1 ? values[0] : undefined,
  };
}
