import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTranslations } from '../base/l10n.ts';

/**
 * Speaks the language of the environment when there are translations for it, as programs of the shell do; else English.
 *
 * @param programFolder beside it lie the translations of the extension
 */
export function useSystemLanguage(programFolder: string, env: NodeJS.ProcessEnv): void {
  const language = languageOf([env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((locale) => locale));
  if (language === undefined) return;
  try {
    const file = join(programFolder, '../l10n', `bundle.l10n.${language}.json`);
    useTranslations(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  } catch {
    // Nobody has translated it yet.
  }
}

/** `zh-cn` of `zh_CN.UTF-8`. */
function languageOf(locale: string | undefined): string | undefined {
  return /^[a-z]{2}(?:_[A-Z]{2})?(?=[.@]|$)/
    .exec(locale ?? '')?.[0]
    .replace('_', '-')
    .toLowerCase();
}
