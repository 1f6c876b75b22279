import { t } from '../../../base/l10n.ts';
import { Row } from '../../completion/row.ts';
import type { XmlDocument, XmlElement } from '../../document.ts';
import { type Gap, gapBefore, type TextEdit } from '../../edits.ts';
import type { Fix } from '../../fix.ts';
import { indentationAt } from '../../indentation.ts';
import { childElements, childrenNamed } from '../../queries.ts';
import { fixOf } from '../markup/fixOf.ts';
import { removal } from '../removal.ts';
import type { FaultyPlace } from './faultyPlace.ts';

/** Gaps that are looked at in one parent. */
const maxGaps = 40;

/** Moves the element to where it belongs, and makes the elements around it that are missing there. */
export function moveElement(place: FaultyPlace): readonly Fix[] {
  const { document, element, fault } = place;
  const path = fault.belongsIn;
  if (path === undefined || path.length === 0) return [];
  const home = homeOf(document, element, path);
  if (home === undefined) return [];
  const gap = gapFor(place, home.parent, home.missing[0]);
  const raw = document.text.slice(element.range.start, element.range.end);
  const from = indentationAt(document.text, element.range.start);
  const edits: TextEdit[] = [
    removal(document.text, element.range),
    { range: gap.range, newText: gap.before + wrapped(raw, from, home.missing, gap) + gap.after },
  ];
  return [fixOf(t('Move <{0}> into <{1}>', element.name, path.at(-1) ?? ''), ...edits)];
}

interface Home {
  readonly parent: XmlElement;
  /** The elements in it that are still to be made, from the outside to the inside. */
  readonly missing: readonly string[];
}

/** The existing elements along the path, those around the element before others of the same name. */
function homeOf({ root }: XmlDocument, element: XmlElement, path: readonly string[]): Home | undefined {
  if (root === undefined || root.localName !== path[0]) return undefined;
  const around = new Set<XmlElement>();
  for (let outer = element.parent; outer !== undefined; outer = outer.parent) around.add(outer);
  let parent = root;
  for (const [index, name] of path.entries()) {
    if (index === 0) continue;
    const named = childrenNamed(parent, name).filter((child) => child !== element && !child.damaged);
    const next = named.find((child) => around.has(child)) ?? named.at(-1);
    if (next === undefined) return { parent, missing: path.slice(index) };
    parent = next;
  }
  return { parent, missing: [] };
}

/** The last place in the parent where the element, or the one to be made around it, may stand. */
function gapFor(
  { document, element, parts }: FaultyPlace,
  parent: XmlElement,
  made: string | undefined,
): Gap {
  const { walk } = parts;
  const siblings = childElements(parent).filter((child) => child !== element);
  for (const next of [undefined, ...siblings.toReversed().slice(0, maxGaps)]) {
    if (made !== undefined) break;
    const before = walk.contentBefore(parent, next);
    const following = next === undefined ? [] : siblings.slice(siblings.indexOf(next));
    if (new Row(walk, before, following, true).takes(walk.step(before, element))) {
      return gapBefore(document, parent, next);
    }
  }
  return gapBefore(document, parent, undefined);
}

/** The element's text as it is written in the gap, inside the elements that are made around it. */
function wrapped(raw: string, from: string | undefined, missing: readonly string[], { layout }: Gap): string {
  const { eol, unit, indentation } = layout;
  const depth = missing.length;
  const inner = indentation + unit.repeat(depth);
  const moved = from === undefined || eol === '' ? raw : reindented(raw, from, inner);
  return missing.reduceRight((content, name, index) => {
    const outer = eol + indentation + unit.repeat(index);
    return `<${name}>${outer}${unit}${content}${outer}</${name}>`;
  }, moved);
}

function reindented(raw: string, from: string, to: string): string {
  return raw.replace(/(\r\n|\n|\r)([ \t]*)/g, (whole, lineEnd: string, indentation: string) =>
    indentation.startsWith(from) ? lineEnd + to + indentation.slice(from.length) : whole,
  );
}
