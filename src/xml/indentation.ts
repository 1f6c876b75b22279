/** The white space before the offset when nothing else stands before it on its line; otherwise undefined. */
export function indentationAt(text: string, offset: number): string | undefined {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  const before = text[start - 1];
  return before === undefined || before === '\n' || before === '\r' ? text.slice(start, offset) : undefined;
}

/** Columns that an indentation takes; a tab goes to the next multiple of eight. */
export function indentationWidth(indentation: string): number {
  let width = 0;
  for (const c of indentation) width = c === '\t' ? width - (width % 8) + 8 : width + 1;
  return width;
}
