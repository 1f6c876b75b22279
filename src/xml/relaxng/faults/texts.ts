import { t } from '../../../base/l10n.ts';
import type { Finding } from '../examination/finding.ts';
import { nearest } from '../nearest.ts';
import { elementsIn, localNames, valuesIn } from '../queries.ts';
import type { Wording } from './inWords.ts';
import { listedTags, shortened, withFirst } from './lists.ts';
import { synonym } from './values.ts';
import { valueInWords } from './words.ts';

export function wrongText({ text, allowed, frame }: Extract<Finding, { kind: 'wrong-text' }>): Wording {
  const { name } = frame.element;
  const values = valuesIn(allowed);
  const suggestion = nearest(text.trim(), values) ?? synonym(text, values);
  const shown = shortened(text);
  const message =
    suggestion === undefined
      ? t("<{0}> cannot hold '{1}'. Expected: {2}.", name, shown, valueInWords(allowed))
      : t("<{0}> cannot hold '{1}'. Did you mean '{2}'?", name, shown, suggestion);
  return { kind: 'wrong-value', message, expected: withFirst(values, suggestion), suggestion };
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
