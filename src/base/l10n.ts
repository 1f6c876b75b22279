/**
 * Every text a person reads goes through {@link t}, in all layers. The English text is the key; a translation is
 * looked up in the bundle that VS Code has loaded for the display language (l10n/bundle.l10n.*.json).
 */
let bundle: Readonly<Record<string, string>> = {};

/** Uses these translations from now on: a map from the English text to the text shown. */
export function useTranslations(translations: Readonly<Record<string, string>> | undefined): void {
  bundle = translations ?? {};
}

/** The text in the display language, with {0}, {1} ... replaced by the arguments. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return (bundle[message] ?? message).replace(/\{(\d+)\}/g, (placeholder, index: string) =>
    String(args[Number(index)] ?? placeholder),
  );
}
