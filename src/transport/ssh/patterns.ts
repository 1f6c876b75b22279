/** Whether a pattern of ssh_config(5), section PATTERNS, matches: `*` any characters, `?` exactly one. */
export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** Whether a pattern matches and no pattern with `!` before it does. */
export function matchesPatternList(patterns: readonly string[], text: string): boolean {
  const refused = patterns.some((each) => each.startsWith('!') && matchesPattern(each.slice(1), text));
  return !refused && patterns.some((each) => !each.startsWith('!') && matchesPattern(each, text));
}
