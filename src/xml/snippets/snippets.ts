import type { Snippet, SnippetScope } from './snippet.ts';

/** As the files beside this one have it. */
type SnippetFile = Readonly<
  Record<
    string,
    { readonly prefix: readonly string[]; readonly description: string; readonly body: readonly string[] }
  >
>;

type Texts = Readonly<Record<string, { readonly name: string; readonly description: string }>>;

/**
 * All snippets there are.
 * @param language VS Code's display language, such as `zh-cn`; one without translations gets English
 */
export async function loadSnippets(language = 'en'): Promise<readonly Snippet[]> {
  const [domains, storage, networks, disks, devices] = await Promise.all([
    import('./domains.json', { with: { type: 'json' } }),
    import('./storage.json', { with: { type: 'json' } }),
    import('./networks.json', { with: { type: 'json' } }),
    import('./disks.json', { with: { type: 'json' } }),
    import('./devices.json', { with: { type: 'json' } }),
  ]);
  const texts = await loadTexts(language);
  return [
    ...[domains, storage, networks].flatMap((file) => snippetsOf(file.default, 'document', texts)),
    ...[disks, devices].flatMap((file) => snippetsOf(file.default, 'device', texts)),
  ];
}

async function loadTexts(language: string): Promise<Texts> {
  if (language !== 'zh-cn') return {};
  return (await import('./texts.zh-cn.json', { with: { type: 'json' } })).default;
}

function snippetsOf(file: SnippetFile, scope: SnippetScope, texts: Texts): Snippet[] {
  return Object.entries(file).map(([name, { prefix, description, body }]) => ({
    ...(texts[name] ?? { name, description }),
    prefixes: prefix,
    body: body.join('\n'),
    scope,
  }));
}
