import { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** A value that the person fills in; without an editor the first choice stands. */
export interface TabStop {
  /** 1 is visited first; the same number means the same value. */
  readonly stop: number;
  readonly choices: readonly [string, ...string[]];
}

export type NewValue = string | TabStop;

/** An element to be written. `text` stands before the children; an undefined attribute is left out. */
export interface NewElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, NewValue | undefined>>;
  readonly text?: NewValue;
  readonly children?: readonly NewElement[];
}

/** How the document around is written. */
export interface Layout {
  /** Line end; '' puts everything on one line. */
  readonly eol: string;
  /** What one level of nesting adds. */
  readonly unit: string;
  /** White space before the first line, which is already there, and before the following ones. */
  readonly indentation: string;
  readonly quote: '"' | "'";
}

/** libvirt's own way of writing. */
export const libvirtLayout: Layout = { eol: '\n', unit: '  ', indentation: '', quote: "'" };

/** A text that no XML document can hold, not even escaped. */
export class UnwritableTextError extends Problem {
  readonly code = 'unwritable-text';

  constructor(text: string, character: string) {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const shown = JSON.stringify(text);
    super(t('{0} cannot be written in XML: it holds the control character {1}.', shown, `U+${code}`), {
      advice: t('Give it another name.'),
    });
  }
}

/** The element as text. Throws {@link UnwritableTextError}. */
export function writeElement(element: NewElement, layout: Layout): string {
  return write(element, layout, plain);
}

/** The element in VS Code's snippet syntax, with its tab stops. Throws {@link UnwritableTextError}. */
export function writeSnippet(element: NewElement, layout: Layout): string {
  return write(element, layout, snippet);
}

interface Dialect {
  /** Markup and values as they are, XML being escaped already. */
  literal(xml: string): string;
  tabStop(stop: number, choices: readonly [string, ...string[]]): string;
}

const plain: Dialect = {
  literal: (xml) => xml,
  tabStop: (_stop, choices) => choices[0],
};

/** Text that stands for itself in VS Code's snippet syntax. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

const snippet: Dialect = {
  literal: escapeSnippet,
  tabStop: (stop, choices) =>
    choices.length > 1
      ? `\${${stop}|${choices.map((choice) => choice.replace(/[\\$},|]/g, '\\$&')).join(',')}|}`
      : `\${${stop}:${snippet.literal(choices[0])}}`,
};

function write(element: NewElement, layout: Layout, dialect: Dialect): string {
  const { name, attributes = {}, text, children = [] } = element;
  const value = (given: NewValue, quote?: string): string =>
    typeof given === 'string'
      ? dialect.literal(escapeXml(given, quote))
      : dialect.tabStop(
          given.stop,
          mapChoices(given.choices, (choice) => escapeXml(choice, quote)),
        );
  const { quote } = layout;
  const written = Object.entries(attributes).map(([attribute, given]) =>
    given === undefined ? '' : ` ${attribute}=${quote}${value(given, quote)}${quote}`,
  );
  const start = `<${name}${written.join('')}`;
  if (text === undefined && children.length === 0) return `${start}/>`;
  const inner: Layout = { ...layout, indentation: layout.indentation + layout.unit };
  const lines = children.map((child) => layout.eol + inner.indentation + write(child, inner, dialect));
  const end = children.length > 0 ? layout.eol + layout.indentation : '';
  return `${start}>${text === undefined ? '' : value(text)}${lines.join('')}${end}</${name}>`;
}

function mapChoices(
  [first, ...others]: readonly [string, ...string[]],
  change: (choice: string) => string,
): [string, ...string[]] {
  return [change(first), ...others.map(change)];
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Escapes text, or a value that stands in `quote`. Throws {@link UnwritableTextError}. */
export function escapeXml(text: string, quote?: string): string {
  const unwritable = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]|\p{Cs}/u.exec(text);
  if (unwritable !== null) throw new UnwritableTextError(text, unwritable[0]);
  return text.replace(/[&<>"'\t\n\r]/g, (c) => {
    const isQuote = c === '"' || c === "'";
    const isKept = isQuote ? c !== quote : quote === undefined && (c === '\t' || c === '\n');
    return isKept ? c : (escapes[c] ?? c);
  });
}
