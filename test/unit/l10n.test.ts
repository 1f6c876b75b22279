import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

type Texts = Readonly<Record<string, string>>;

const read = (path: string): Texts => JSON.parse(readFileSync(path, 'utf8')) as Texts;
const languages = ['zh-cn'];

describe('translations', () => {
  const { texts, faults } = textsOf(sourceFiles());

  it('are asked for by literal texts alone', () => {
    assert.deepEqual(faults, []);
    assert.ok(texts.size > 50, 'the sources have texts');
  });

  for (const language of languages) {
    it(`of the code are complete in ${language}, with no key left over`, () => {
      const bundle = read(`l10n/bundle.l10n.${language}.json`);
      assert.deepEqual(
        { missing: difference(texts, Object.keys(bundle)), unused: difference(Object.keys(bundle), texts) },
        { missing: [], unused: [] },
      );
    });

    it(`of the manifest are complete in ${language}, with no key left over`, () => {
      const keys = Object.keys(read('package.nls.json'));
      const translated = Object.keys(read(`package.nls.${language}.json`));
      assert.deepEqual(
        { missing: difference(keys, translated), unused: difference(translated, keys) },
        { missing: [], unused: [] },
      );
    });

    it(`keep placeholders, links and commands in ${language}`, () => {
      const all = [
        ...Object.entries(read(`l10n/bundle.l10n.${language}.json`)),
        ...Object.entries(read(`package.nls.${language}.json`)).map(
          ([key, text]) => [read('package.nls.json')[key] ?? '', text] as const,
        ),
      ];
      const changed = all.filter(([english, text]) => marks(english).join() !== marks(text).join());
      assert.deepEqual(changed, []);
    });
  }

  it('of the manifest are all used, and none is missing', () => {
    const keys = Object.keys(read('package.nls.json'));
    const used = [...readFileSync('package.json', 'utf8').matchAll(/"%([^%"]+)%"/g)].map(
      ([, key]) => key ?? '',
    );
    assert.deepEqual(
      { missing: difference(used, keys), unused: difference(keys, used) },
      { missing: [], unused: [] },
    );
  });
});

function sourceFiles(): readonly string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('src', path));
}

/** What a translation must have as well: placeholders and the targets of links. */
function marks(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}|\]\([^)]+\)|`[^`]+`/g)].map(([mark]) => mark).sort();
}

function difference(of: Iterable<string>, without: Iterable<string>): readonly string[] {
  const excluded = new Set(without);
  return [...new Set(of)].filter((text) => !excluded.has(text)).sort();
}

/** The first arguments of all calls of t(), and where a call has something else than a literal there. */
function textsOf(files: readonly string[]): {
  readonly texts: Set<string>;
  readonly faults: readonly string[];
} {
  const texts = new Set<string>();
  const faults: string[] = [];
  for (const file of files.filter((path) => path !== 'src/base/l10n.ts')) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
        const [text] = node.arguments;
        if (text && ts.isStringLiteralLike(text)) texts.add(text.text);
        else faults.push(`${file}: ${node.getText()}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { texts, faults };
}
