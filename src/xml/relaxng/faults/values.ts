import { t } from '../../../base/l10n.ts';
import type { Finding } from '../examination/finding.ts';
import { nearest } from '../nearest.ts';
import { valuesIn } from '../queries.ts';
import type { Schema } from '../schema.ts';
import type { Wording } from './inWords.ts';
import { listed, shortened, withFirst } from './lists.ts';
import { valueInWords } from './words.ts';

export function wrongValue(
  schema: Schema,
  { attribute, allowed, fitting = [], frame }: Extract<Finding, { kind: 'wrong-value' }>,
): Wording {
  const { name, value } = attribute;
  const values = valuesIn(allowed);
  const kind = 'wrong-value';
  if (schema.derivatives.takesValue(allowed, value)) {
    const [only] = fitting;
    const suggestion = fitting.length === 1 ? only : nearest(value, fitting);
    const message =
      suggestion === undefined
        ? t(
            "{0}='{1}' does not go with what <{2}> holds, which is for {3}.",
            name,
            value,
            frame.element.name,
            listed(fitting),
          )
        : t(
            "{0}='{1}' does not go with what <{2}> holds. Did you mean '{3}'?",
            name,
            value,
            frame.element.name,
            suggestion,
          );
    return { kind, message, expected: withFirst(fitting, suggestion), suggestion };
  }
  const suggestion = suggestedValue(value, fitting.length > 0 ? fitting : values, values);
  const message =
    suggestion === undefined
      ? t("{0} cannot be '{1}'. Expected: {2}.", name, shortened(value), valueInWords(allowed))
      : t("{0} cannot be '{1}'. Did you mean '{2}'?", name, shortened(value), suggestion);
  return {
    kind,
    message,
    expected: withFirst([...fitting, ...values.filter((other) => !fitting.includes(other))], suggestion),
    suggestion,
  };
}

/** The nearest of the likeliest values; when they are few and nothing looks alike, the only likely one. */
function suggestedValue(
  written: string,
  likely: readonly string[],
  all: readonly string[],
): string | undefined {
  const near = nearest(written.trim(), likely) ?? nearest(written.trim(), all) ?? synonym(written, all);
  return near ?? (likely.length === 1 ? likely[0] : undefined);
}

const yes = ['yes', 'on', 'true', '1', 'enabled', 'enable'];
const no = ['no', 'off', 'false', '0', 'disabled', 'disable'];

/** What is said in other words: `true` where `yes` is meant. */
export function synonym(written: string, values: readonly string[]): string | undefined {
  const same = [yes, no].find((words) => words.includes(written.trim().toLowerCase()));
  return values.find((value) => same?.includes(value));
}
