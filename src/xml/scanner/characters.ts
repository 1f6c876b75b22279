import type { FaultList } from './faults.ts';

/** Beyond ASCII any character passes: which of them may be in a name is of no use to anyone here. */
const namePattern = /[A-Za-z_:\u{80}-\u{10ffff}][-.\w:\u{80}-\u{10ffff}]*/uy;

/** Which ASCII characters a name is made of, and which it begins with, by their codes; most names have no others. */
const isNameCode = Array.from({ length: 0x80 }, (_, code) => /[-.\w:]/.test(String.fromCharCode(code)));
const isNameStart = isNameCode.map((isName, code) => isName && !/[-.0-9]/.test(String.fromCharCode(code)));

/** Whether an XML name starts at the offset. */
export function beginsName(text: string, offset: number): boolean {
  const first = text.charCodeAt(offset);
  return first >= 0x80 || isNameStart[first] === true;
}

/** The XML name that starts at the offset, or ''. */
export function nameAt(text: string, offset: number): string {
  if (!beginsName(text, offset)) return '';
  let end = offset;
  while (isNameCode[text.charCodeAt(end)] === true) end++;
  if (!(text.charCodeAt(end) >= 0x80)) return text.slice(offset, end);
  namePattern.lastIndex = offset;
  return namePattern.exec(text)?.[0] ?? '';
}

/** Whether the character is one of XML's spaces; false past the end of the text. */
export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

export function skipSpace(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0xa && code !== 0xd && code !== 0x9) return at;
    at++;
  }
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** White space that XML normalizes, and references; the last part finds an & that begins none. */
const decodable = /\r\n?|[\n\t]|&(?:(#x[0-9a-fA-F]+|#[0-9]+|[^\s&;<>'"#]+)(;)?)?/g;

/** Decodes character data: references, and line ends as \n. What cannot be decoded stays as it is and is a fault. */
export function decodeText(raw: string, offset: number, faults: FaultList): string {
  if (!raw.includes('&') && !raw.includes('\r')) return raw;
  return raw.replace(
    decodable,
    (whole, name: string | undefined, semicolon: string | undefined, at: number) =>
      whole.startsWith('&')
        ? decodeReference(whole, name, semicolon, offset + at, faults)
        : whole.replace(/\r\n?/, '\n'),
  );
}

/** Decodes an attribute's value: references, and white space as spaces, as XML demands. */
export function decodeValue(raw: string, offset: number, faults: FaultList): string {
  if (!/[&\r\n\t]/.test(raw)) return raw;
  return raw.replace(
    decodable,
    (whole, name: string | undefined, semicolon: string | undefined, at: number) =>
      whole.startsWith('&') ? decodeReference(whole, name, semicolon, offset + at, faults) : ' ',
  );
}

function decodeReference(
  whole: string,
  name: string | undefined,
  semicolon: string | undefined,
  start: number,
  faults: FaultList,
): string {
  if (name === undefined || semicolon === undefined) {
    faults.add('bare-ampersand', start, start + 1);
    return whole;
  }
  if (name.startsWith('#')) {
    const code = name[1] === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    if (isCharacter(code)) return String.fromCodePoint(code);
    faults.add('invalid-reference', start, start + whole.length, whole);
    return whole;
  }
  const character = entities.get(name);
  if (character === undefined) faults.add('unknown-entity', start, start + whole.length, whole);
  return character ?? whole;
}

/** Char of XML 1.0. */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** Tells in one quick pass that nothing is illegal; of what it finds, surrogates in pairs are legal. */
// eslint-disable-next-line no-control-regex
const suspicious = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;
const illegal = /(?:[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff\p{Cs}])+/gu;

/** Reports the characters that no XML document may hold, one fault for a run of them. */
export function checkCharacters(text: string, faults: FaultList): void {
  if (!suspicious.test(text)) return;
  for (const match of text.matchAll(illegal)) {
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    faults.add('invalid-character', match.index, match.index + match[0].length, `U+${code}`);
  }
}
