import { t } from '../../../base/l10n.ts';
import type { XmlDocument, XmlElement } from '../../document.ts';
import type { TextEdit } from '../../edits.ts';
import type { Fix } from '../../fix.ts';
import { allNearest } from '../../relaxng/nearest.ts';
import { escapeXml } from '../../writer.ts';
import { fixOf } from '../markup/fixOf.ts';
import type { FaultyPlace } from './faultyPlace.ts';

/** More than these would be guesses. */
const maxAlternatives = 3;

/** What may have been meant: the suggestion first, then what else looks like it. */
function meant({ document, fault }: FaultyPlace): readonly string[] {
  const { suggestion, expected, range } = fault;
  const written = document.text.slice(range.start, range.end);
  const near = allNearest(written, expected);
  return [...new Set([...(suggestion === undefined ? [] : [suggestion]), ...near])]
    .filter((name) => name !== written)
    .slice(0, maxAlternatives);
}

/** Renames the element in both tags. */
export function renameElement(place: FaultyPlace): readonly Fix[] {
  const { document, element } = place;
  return meant(place).map((name) => fixOf(t('Write <{0}>', name), ...renaming(document, element, name)));
}

export function renaming(document: XmlDocument, element: XmlElement, name: string): readonly TextEdit[] {
  const { nameRange, endTagRange, name: written } = element;
  const edits: TextEdit[] = [{ range: nameRange, newText: name }];
  const start = (endTagRange?.start ?? 0) + '</'.length;
  if (endTagRange !== undefined && document.text.startsWith(written, start)) {
    edits.push({ range: { start, end: start + written.length }, newText: name });
  }
  return edits;
}

export function renameAttribute(place: FaultyPlace): readonly Fix[] {
  const { fault } = place;
  return meant(place).map((name) => fixOf(t('Write {0}', name), { range: fault.range, newText: name }));
}

/** Replaces a value or text by what it was meant to be; by each of the values where there are few. */
export function replaceValue(place: FaultyPlace): readonly Fix[] {
  const { document, fault, attribute } = place;
  const likely = meant(place);
  const few = fault.expected.length <= maxAlternatives ? fault.expected : [];
  const quote = attribute && document.text[fault.range.start - 1];
  return [...new Set([...likely, ...few])].map((value, index) => ({
    title: t("Write '{0}'", value),
    isPreferred: index === 0 && (likely.length > 0 || few.length === 1),
    edits: [{ range: fault.range, newText: escapeXml(value, quote) }],
  }));
}
