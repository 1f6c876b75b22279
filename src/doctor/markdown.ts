/** What Markdown would take for markup within a line; an underscore between letters is none. */
const markup = /[\\`*[<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What it would take for a heading, a list or a quotation where a line begins. */
const lineMarkup = /^(\d*)([.)](?=\s)|[#>+-])/u;

/** A text as Markdown shows it, in one line: names from hosts and clusters are data, whatever they hold. */
export function escaped(text: string): string {
  const line = text.trim().replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
  return line.replaceAll(markup, '\\$&').replace(lineMarkup, '$1\\$2');
}

/** Lines as they are, in a block that none of them can end. */
export function block(lines: readonly string[], language = 'text'): readonly string[] {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text.split(/\r\n|[\r\n\u2028\u2029]/), fence];
}

export function list(items: readonly string[]): readonly string[] {
  return items.map((item) => `- ${item}`);
}

/** Parts with an empty line between them; those without lines are left out. */
export function parts(...all: readonly (readonly string[])[]): readonly string[] {
  return all.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}
