/** The part of a TextMate grammar that ours uses. */
export interface Pattern {
  readonly include?: string;
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Pattern[];
}

type Captures = Readonly<Record<string, { readonly name: string }>>;

export interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}

export interface Token {
  readonly text: string;
  /** Innermost last, without the grammar's own scope and without its suffix. */
  readonly scopes: readonly string[];
}

/**
 * Applies a grammar as editors do: line by line, the earliest match wins, then the first in the list. Enough for
 * begin, end, match, captures and includes from the repository.
 */
export function tokenize(grammar: Grammar, text: string): Token[] {
  const tokens: Token[] = [];
  const stack: Pattern[] = [];
  const suffix = /(?:\.xml)?\.libvirt$/;
  const scopesHere = (): string[] => stack.flatMap(({ name }) => name ?? []);
  const emit = (piece: string, scopes: readonly string[]): void => {
    if (piece.trim() !== '')
      tokens.push({ text: piece, scopes: scopes.map((scope) => scope.replace(suffix, '')) });
  };
  for (const line of text.split('\n')) {
    let at = 0;
    for (;;) {
      const top = stack.at(-1);
      const candidates = expand(grammar, top?.patterns ?? (top === undefined ? grammar.patterns : []));
      const found = [
        ...(top?.end === undefined ? [] : [{ rule: top, kind: 'end', match: matchAt(top.end, line, at) }]),
        ...candidates.map((rule) =>
          rule.begin === undefined
            ? { rule, kind: 'match', match: matchAt(rule.match ?? '(?!)', line, at) }
            : { rule, kind: 'begin', match: matchAt(rule.begin, line, at) },
        ),
      ].flatMap(({ rule, kind, match }) => (match === null ? [] : [{ rule, kind, match }]));
      const [first] = found.sort((a, b) => a.match.index - b.match.index);
      if (first === undefined) break;
      const { rule, kind, match } = first;
      emit(line.slice(at, match.index), scopesHere());
      if (kind === 'begin') stack.push(rule);
      const own = kind === 'match' && rule.name !== undefined ? [...scopesHere(), rule.name] : scopesHere();
      const captures =
        (kind === 'begin' ? rule.beginCaptures : kind === 'end' ? rule.endCaptures : undefined) ??
        rule.captures;
      emitCaptures(match, captures ?? {}, own, emit);
      if (kind === 'end') stack.pop();
      at = match.index + match[0].length;
      if (match[0] === '' && kind !== 'end') break;
    }
    emit(line.slice(at), scopesHere());
  }
  return tokens;
}

function emitCaptures(
  match: RegExpExecArray,
  captures: Captures,
  scopes: readonly string[],
  emit: (piece: string, scopes: readonly string[]) => void,
): void {
  const whole = captures['0'];
  const outer = whole === undefined ? scopes : [...scopes, whole.name];
  let at = match.index;
  const end = match.index + match[0].length;
  for (const [number, range] of (match.indices ?? []).entries()) {
    const capture = captures[String(number)];
    if (number === 0 || capture === undefined || range === undefined) continue;
    emit(match.input.slice(at, range[0]), outer);
    emit(match.input.slice(...range), [...outer, capture.name]);
    at = range[1];
  }
  emit(match.input.slice(at, end), outer);
}

function matchAt(source: string, line: string, at: number): RegExpExecArray | null {
  const pattern = new RegExp(source, 'gd');
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function expand(grammar: Grammar, patterns: readonly Pattern[]): Pattern[] {
  return patterns.flatMap((pattern) => {
    const rule = pattern.include === undefined ? pattern : grammar.repository[pattern.include.slice(1)];
    if (rule === undefined) throw new Error(`The repository has no ${pattern.include ?? ''}.`);
    const isList = rule.match === undefined && rule.begin === undefined;
    return isList ? expand(grammar, rule.patterns ?? []) : [rule];
  });
}
