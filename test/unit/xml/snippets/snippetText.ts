import { documentKind } from '../../../../src/xml/roots.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

/** The text that stands when every tab stop keeps its default. */
export function filledIn(body: string): string {
  return body
    .replaceAll('$UUID', '6f0d2b3c-6a3e-4d0b-8f7a-2f4f3f1f9a10')
    .replaceAll(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:([^{}]*)\}/g, '$1');
}

/** The filled-in text, and one for each other choice of a tab stop. */
export function allChoices(body: string): string[] {
  const others = [...body.matchAll(/\$\{\d+\|([^|]*)\|\}/g)].flatMap(({ 0: stop, 1: choices = '', index }) =>
    choices
      .split(',')
      .slice(1)
      .map((choice) => body.slice(0, index) + choice + body.slice(index + stop.length)),
  );
  return [body, ...others].map(filledIn);
}

/** The snippet as a document of its own: a device in a domain that has nothing else. */
export function documentOf(text: string): string {
  const isWhole = /^<(domain\w*|pool|volume|network|secret|filter)[\s>]/.test(text);
  return isWhole
    ? text
    : `<domain type='test'><name>vm</name><memory>65536</memory><os><type>hvm</type></os><devices>${text}</devices></domain>`;
}

export function kindOf(text: string): ReturnType<typeof documentKind> {
  return documentKind(scan(documentOf(text)));
}
