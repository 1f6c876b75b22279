import { t } from '../../../base/l10n.ts';
import type { XmlElement } from '../../document.ts';
import type { Condition } from './conditions.ts';

/** `<host> goes with type='network'; this is type='file'.` */
export function conditionInWords(what: string, element: XmlElement, condition: Condition): string {
  const { attribute, values, actual } = condition;
  const fitting = values.slice(0, 4).map((value) => `${attribute}='${value}'`);
  const shown = values.length > 4 ? `${fitting.join(', ')}, …` : fitting.join(t(' or '));
  const holder = condition.element === element ? '' : condition.element.name;
  if (actual === undefined) {
    return t('{0} goes with {1}; <{2}> has no {3}.', what, shown, condition.element.name, attribute);
  }
  return holder === ''
    ? t("{0} goes with {1}; this is {2}='{3}'.", what, shown, attribute, actual)
    : t("{0} goes with {1}; <{4}> has {2}='{3}'.", what, shown, attribute, actual, holder);
}
