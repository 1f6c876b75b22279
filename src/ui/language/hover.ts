import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { documentationOf, loadTexts, type Subject } from '../../xml/documentation/documentation.ts';
import { documentPath } from '../../xml/documentation/documentPath.ts';
import type { TextRange, XmlDocument } from '../../xml/document.ts';
import { type Place, placeAt } from '../../xml/queries.ts';
import { claimedKind } from '../../xml/schemas/rootKinds.ts';
import type { Analyses } from './analyses.ts';
import { languageId } from './libvirtDocuments.ts';
import { documentRange } from './ranges.ts';

/** Says what the element, attribute or value under the pointer is for, and where libvirt says more. */
export function registerHover(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(languageId, {
    provideHover: async (document, position) => {
      const { xml } = await analyses.of(document);
      const asked = subjectAt(xml, document.offsetAt(position));
      if (asked === undefined) return undefined;
      const { name, subject, range } = asked;
      const known = documentationOf(subject, await loadTexts(vscode.env.language));
      if (known === undefined) return undefined;
      const text = new vscode.MarkdownString();
      text.appendCodeblock(name, 'xml');
      if (known.text !== undefined) text.appendMarkdown(`${known.text}\n\n`);
      text.appendMarkdown(`[${t('libvirt documentation')}](${known.url})`);
      return new vscode.Hover(text, documentRange(document, range));
    },
  });
}

interface Asked {
  /** As it is written in XML. */
  readonly name: string;
  readonly subject: Subject;
  readonly range: TextRange;
}

function subjectAt(xml: XmlDocument, offset: number): Asked | undefined {
  const place = placeAt(xml, offset);
  if (place.part === 'content' || place.part === 'start-tag') return undefined;
  const { node } = place;
  const path = documentPath(node, claimedKind(xml));
  switch (place.part) {
    case 'element-name':
      return { name: `<${node.name}>`, subject: { path }, range: node.nameRange };
    case 'end-tag':
      return { name: `<${node.name}>`, subject: { path }, range: node.endTagRange ?? node.nameRange };
    case 'attribute-name':
    case 'attribute-value':
      return attributeAt(path, place);
  }
}

function attributeAt(
  path: string,
  place: Extract<Place, { part: 'attribute-name' | 'attribute-value' }>,
): Asked {
  const { node, attribute, part } = place;
  const { name, value, valueRange, nameRange } = attribute;
  const range = part === 'attribute-value' ? (valueRange ?? nameRange) : nameRange;
  const subject = { path, attribute: name };
  const written = `<${node.name} ${name}='${value}'>`;
  return { name: written, subject: part === 'attribute-value' ? { ...subject, value } : subject, range };
}
