import type { TextRange, XmlDocument, XmlNode } from '../../xml/document.ts';

/** `<!-- libvirt-lint disable RULE-ID RULE-ID -->` */
export interface DisableComment {
  readonly range: TextRange;
  readonly rules: readonly NamedRule[];
  /** Where it holds: in the element that follows, or everywhere when it stands before the root. */
  readonly scope: TextRange;
}

export interface NamedRule {
  readonly id: string;
  /** Where the comment names it. */
  readonly range: TextRange;
}

const instruction = /^<!--\s*libvirt-lint\s*:?\s*disable(?![\w-])[\s:]*/i;

/** The comments that switch rules off, in the order of the document. */
export function disableCommentsOf(document: XmlDocument): readonly DisableComment[] {
  return document.text.includes('libvirt-lint') ? commentsAmong(document, document.children) : [];
}

function commentsAmong(document: XmlDocument, nodes: readonly XmlNode[]): DisableComment[] {
  return nodes.flatMap((node, index) => {
    if (node.kind === 'element') return commentsAmong(document, node.children);
    if (node.kind !== 'comment') return [];
    const rules = rulesNamedIn(document.text, node.range);
    return rules === undefined
      ? []
      : [{ range: node.range, rules, scope: scopeOf(document, nodes, index, node.range) }];
  });
}

function rulesNamedIn(text: string, range: TextRange): NamedRule[] | undefined {
  const comment = text.slice(range.start, range.end);
  const start = instruction.exec(comment)?.[0].length;
  if (start === undefined) return undefined;
  return [
    ...comment
      .slice(start)
      .replace(/-->$/, '')
      .matchAll(/[^\s,]+/g),
  ].map(({ 0: id, index }) => {
    const at = range.start + start + index;
    return { id, range: { start: at, end: at + id.length } };
  });
}

function scopeOf(
  { text, root }: XmlDocument,
  siblings: readonly XmlNode[],
  index: number,
  comment: TextRange,
): TextRange {
  if (root === undefined || comment.start < root.range.start) return { start: 0, end: text.length };
  const next = siblings.slice(index + 1).find(({ kind }) => kind === 'element');
  return next?.range ?? comment;
}
