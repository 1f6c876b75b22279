import type { Snippet, SnippetScope } from './snippet.ts';

/** As the files beside this one have it. */
type SnippetFile = Readonly<
  Record<
    string,
    { readonly prefix: readonly string[]; readonly description: string; readonly body: readonly string[] }
  >
>;

/** All snippets there are. */
export async function loadSnippets(): Promise<readonly Snippet[]> {
  const [domains, storage, networks, disks, devices] = await Promise.all([
    import('./domains.json', { with: { type: 'json' } }),
    import('./storage.json', { with: { type: 'json' } }),
    import('./networks.json', { with: { type: 'json' } }),
    import('./disks.json', { with: { type: 'json' } }),
    import('./devices.json', { with: { type: 'json' } }),
  ]);
  return [
    ...[domains, storage, networks].flatMap((file) => snippetsOf(file.default, 'document')),
    ...[disks, devices].flatMap((file) => snippetsOf(file.default, 'device')),
  ];
}

function snippetsOf(file: SnippetFile, scope: SnippetScope): Snippet[] {
  return Object.entries(file).map(([name, { prefix, description, body }]) => ({
    name,
    description,
    prefixes: prefix,
    body: body.join('\n'),
    scope,
  }));
}
