import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { useTranslations } from '../../src/base/l10n.ts';
import { allFailures } from '../../src/doctor/allFailures.ts';
import { pageListText, pageText } from '../../src/doctor/pageText.ts';

const repository = join(import.meta.dirname, '../..');

/** Where the pages of the failures are. */
export const failurePagesFolder = join(repository, 'docs/failures');

/** The pages of all failures with a list of them, in English and, below `zh-cn/`, in Chinese: by their paths in the folder. */
export async function makeFailurePages(): Promise<ReadonlyMap<string, string>> {
  const bundle = await readFile(join(repository, 'l10n/bundle.l10n.zh-cn.json'), 'utf8');
  const english = pagesIn('');
  useTranslations(JSON.parse(bundle) as Readonly<Record<string, string>>);
  const chinese = pagesIn('zh-cn/');
  useTranslations(undefined);
  const layout = { ...(await resolveConfig(join(failurePagesFolder, 'x.md'))), parser: 'markdown' };
  return new Map(
    await Promise.all(
      [...english, ...chinese].map(async ([path, text]) => [path, await format(text, layout)] as const),
    ),
  );
}

function pagesIn(folder: string): readonly (readonly [path: string, text: string])[] {
  const failures = [...allFailures].sort((a, b) => a.id.localeCompare(b.id));
  return [
    [`${folder}README.md`, pageListText(failures)],
    ...failures.map((failure) => [`${folder}${failure.id}.md`, pageText(failure)] as const),
  ];
}
