import type { Snippet, SnippetScope } from './snippet.ts';

/** As the files of the folder snippets have it. */
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
    import('../../../snippets/domains.json', { with: { type: 'json' } }),
    import('../../../snippets/storage.json', { with: { type: 'json' } }),
    import('../../../snippets/networks.json', { with: { type: 'json' } }),
    import('../../../snippets/disks.json', { with: { type: 'json' } }),
    import('../../../snippets/devices.json', { with: { type: 'json' } }),
  ]);
  const texts = await loadTexts(language);
  return [
    ...[domains, storage, networks].flatMap((file) => snippetsOf(file.default, 'document', texts)),
    ...[disks, devices].flatMap((file) => snippetsOf(file.default, 'device', texts)),
  ];
}

async function loadTexts(language: string): Promise<Texts> {
  if (language !== 'zh-cn') return {};
  return (await import('../../../snippets/texts.zh-cn.json', { with: { type: 'json' } })).default;
}

function snippetsOf(file: SnippetFile, scope: SnippetScope, texts: Texts): Snippet[] {
  return Object.entries(file).map(([name, { prefix, description, body }]) => ({
    ...(texts[name] ?? { name, description }),
    prefixes: prefix,
    body: body.join('\n'),
    scope,
  }));
}
